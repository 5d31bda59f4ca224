package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.RouteQuery;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After each of many random commands of iproute2's, the kernel and the mirrored tables say the same of random packets, or the
 * packets are left to the kernel. {@code -Dvireo.difference.seed=…} repeats a run, {@code -Dvireo.difference.steps=…} says how
 * many commands.
 */
class KernelDifferenceTest {
    private static final int QUICK_STEPS = 1_500;
    private static final int SLOW_STEPS = 10_000;
    private static final int STEPS_PER_NAMESPACE = 1_000;
    /** The same commands in each run of CI: what a new seed finds is a fault of before, and belongs to whoever looks for it. */
    private static final long SEED = 9_693_125_822_874L;

    private static final int PACKETS_PER_STEP = 12;
    private static final int FLOWS = 400;

    /** What the kernel does by itself, such as taking in a carrier, may be seen a little later than it takes effect. */
    private static final int MAX_TRIES = 20;

    /** What the data plane answers with an ICMP error of its own, as it does where it has no route. */
    private static final Set<RouteKind> REFUSALS = Set.of(RouteKind.UNREACHABLE, RouteKind.PROHIBIT);

    private static final long PAUSE_NS = 20_000_000;
    private static final int EINVAL = 22;
    private static final int ENETUNREACH = 101;

    private final Deque<String> history = new ArrayDeque<>();
    private final RandomPackets packets = new RandomPackets();
    private SplittableRandom random = new SplittableRandom();
    private long forwarded;
    private long fast;
    private long dropped;
    private long accepted;
    private int resynchronisations;

    @Test
    void shouldAgreeWithTheKernelAfterEachCommand() {
        run(Integer.getInteger("vireo.difference.steps", QUICK_STEPS));
    }

    @Test
    @Tag("slow")
    void shouldAgreeWithTheKernelAfterThousandsOfCommands() {
        run(SLOW_STEPS);
    }

    private void run(int steps) {
        long seed = Long.getLong("vireo.difference.seed", SEED);
        random = new SplittableRandom(seed);
        for (int done = 0; done < steps; done += STEPS_PER_NAMESPACE) {
            history.clear();
            try (MirroredNamespace namespace = new MirroredNamespace()) {
                runIn(
                        namespace,
                        Math.min(STEPS_PER_NAMESPACE, steps - done),
                        "seed " + seed + ", step " + done + " and ");
                resynchronisations += namespace.resynchronisations();
            }
        }
        String summary =
                "seed %d: %d commands, %d accepted by the kernel; of %d packets that it forwards the fast path does %d; %d dropped; everything read anew %d times"
                        .formatted(seed, steps, accepted, forwarded, fast, dropped, resynchronisations);
        System.out.println(summary);
        assertThat(fast).as(summary).isGreaterThan(forwarded / 2);
        assertThat(accepted).as(summary).isGreaterThan(steps / 3);
        assertThat(resynchronisations).as(summary).isLessThan(steps / 4);
    }

    private void runIn(MirroredNamespace namespace, int steps, String where) {
        RandomCommands ipv4 = new RandomCommands(random, true);
        RandomCommands ipv6 = new RandomCommands(random, false);
        for (int step = 0; step < steps; step++) {
            boolean isIpv4 = random.nextBoolean();
            String command = (isIpv4 ? ipv4 : ipv6).next();
            String refusal = namespace.run(command, isIpv4);
            accepted += refusal.isEmpty() ? 1 : 0;
            history.add((isIpv4 ? "-4 " : "-6 ") + command + (refusal.isEmpty() ? "" : "   # refused"));
            if (random.nextInt(200) == 0) {
                String compatibility = random.nextBoolean() ? "0" : "1";
                namespace.sysctl("net/ipv4/nexthop_compat_mode", compatibility);
                history.add("sysctl net.ipv4.nexthop_compat_mode=" + compatibility);
            }
            namespace.catchUp();
            compare(namespace, where + step);
        }
    }

    private void compare(MirroredNamespace namespace, String where) {
        for (int i = 0; i < PACKETS_PER_STEP; i++) {
            RouteQuery.Packet packet = packets.next(random, namespace);
            if (packet == null) {
                return;
            }
            String difference = until(namespace, () -> difference(namespace, packet));
            assertThat(difference).as(() -> report(namespace, where)).isEmpty();
        }
        if (random.nextInt(20) == 0) {
            String difference = until(namespace, namespace::differencesFromFresh);
            assertThat(difference).as(() -> report(namespace, where)).isEmpty();
        }
    }

    interface Comparison {
        String run();
    }

    /** What a comparison finds, unless it finds nothing within a little while. */
    static String until(MirroredNamespace namespace, Comparison comparison) {
        String difference = comparison.run();
        for (int tries = 0; !difference.isEmpty() && tries < MAX_TRIES; tries++) {
            LockSupport.parkNanos(PAUSE_NS);
            namespace.catchUp();
            difference = comparison.run();
        }
        return difference;
    }

    private String difference(MirroredNamespace namespace, RouteQuery.Packet packet) {
        RouteQuery.Answer answer = ask(namespace, packet);
        ForwardingRoute route = namespace.lookUp(packet.destination());
        forwarded += answer.isForwarded() && namespace.interfaceId(answer.ifindex()) != 0 ? 1 : 0;
        if (route == null || REFUSALS.contains(route.kind())) {
            return answer.isForwarded() ? packet + ": the kernel " + answer + ", the data plane " + route : "";
        }
        if (route.kind() == RouteKind.PUNT || route.kind() == RouteKind.LOCAL) {
            return ""; // left to Linux
        }
        if (route.kind() == RouteKind.BLACKHOLE) {
            dropped++;
            boolean isDropped = answer.errno() == EINVAL || answer.type() == RouteType.BLACKHOLE;
            return isDropped ? "" : text(packet, answer, route);
        }
        fast += answer.isForwarded() ? 1 : 0;
        if (!answer.isForwarded() || !contains(route, packet, nextHop(namespace, answer))) {
            return text(packet, answer, route);
        }
        return route.nextHops().size() > 1 && random.nextInt(40) == 0 ? unusedNextHops(namespace, packet, route) : "";
    }

    private static RouteQuery.Answer ask(MirroredNamespace namespace, RouteQuery.Packet packet) {
        RouteQuery.Answer answer = namespace.ask(packet);
        if (answer.errno() != ENETUNREACH || packet.destination().family() == AddressFamily.IPV4) {
            return answer;
        }
        namespace.forgetCachedDestinations();
        return namespace.ask(packet);
    }

    /** Of a multipath route the kernel uses every next hop that the data plane has, each for some flows. */
    private String unusedNextHops(MirroredNamespace namespace, RouteQuery.Packet packet, ForwardingRoute route) {
        Set<ForwardingRoute.NextHop> unused = new HashSet<>();
        route.nextHops().forEach(nextHop -> unused.add(towards(packet, nextHop)));
        for (int flow = 0; flow < FLOWS && !unused.isEmpty(); flow++) {
            RouteQuery.Packet other = new RouteQuery.Packet(
                    packet.ifindex(), packet.source(), packet.destination(), random.nextInt(65_535) + 1, 9);
            unused.remove(towards(packet, nextHop(namespace, ask(namespace, other))));
        }
        return unused.isEmpty() ? "" : packet + ": the kernel never uses " + unused + " of " + route;
    }

    private static ForwardingRoute.NextHop nextHop(MirroredNamespace namespace, RouteQuery.Answer answer) {
        int interfaceId = namespace.interfaceId(answer.ifindex());
        IpAddress gateway = answer.gateway();
        return gateway == null
                ? new ForwardingRoute.NextHop(interfaceId, 0, 0, 1)
                : new ForwardingRoute.NextHop(interfaceId, WireAddresses.high(gateway), WireAddresses.low(gateway), 1);
    }

    /** Whether a route leads to a next hop: that of the destination itself has it for a gateway, or none. */
    private static boolean contains(ForwardingRoute route, RouteQuery.Packet packet, ForwardingRoute.NextHop nextHop) {
        ForwardingRoute.NextHop wanted = towards(packet, nextHop);
        return route.nextHops().stream().anyMatch(own -> towards(packet, own).equals(wanted));
    }

    private static ForwardingRoute.NextHop towards(RouteQuery.Packet packet, ForwardingRoute.NextHop nextHop) {
        boolean hasGateway = nextHop.gatewayHigh() != 0 || nextHop.gatewayLow() != 0;
        return hasGateway
                ? nextHop.withWeight(1)
                : new ForwardingRoute.NextHop(
                        nextHop.interfaceId(),
                        WireAddresses.high(packet.destination()),
                        WireAddresses.low(packet.destination()),
                        1);
    }

    private static String text(RouteQuery.Packet packet, RouteQuery.Answer answer, ForwardingRoute route) {
        return packet + ": the kernel " + answer + ", the data plane " + route;
    }

    private String report(MirroredNamespace namespace, String where) {
        return where + "\n" + String.join("\n", history) + "\n" + namespace.kernelState() + "\nlimitations "
                + namespace.limitations();
    }
}
