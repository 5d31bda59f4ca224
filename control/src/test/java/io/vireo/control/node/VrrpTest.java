package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import io.vireo.dataplane.wire.code.DropReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes between two bridges, each of which is a host, too: {@code host1 = a, b = host2}. FRR's vrrpd on both makes one
 * virtual router of them on each side, whose addresses are the hosts' gateways.
 */
@Tag("slow")
class VrrpTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final int ADVERTISEMENT_MS = 500;

    /** Active_Down_Interval of priority 100 (RFC 9568 §6.1), and a second that the machine may take. */
    private static final int FAILOVER_MS = 3 * ADVERTISEMENT_MS + (256 - 100) * ADVERTISEMENT_MS / 256 + 1_000;

    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final Pattern SENT = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    @TempDir
    private Path directory;

    private final List<String> devices = new ArrayList<>();
    private final List<FrrVrrp> daemons = new ArrayList<>();
    private TestNamespace host1;
    private TestNamespace host2;
    private RunningNode a;
    private RunningNode b;

    @BeforeEach
    void start() throws ApplyRefusedException, InvalidConfigurationException {
        assumeTrue(Files.exists(Path.of("/usr/lib/frr/vrrpd")), "the package frr is not installed");
        host1 = host(1);
        host2 = host(2);
        a = RunningNode.start("a" + PID, directory.resolve("a"), List.of(device(1, 1), device(2, 1)));
        b = RunningNode.start("b" + PID, directory.resolve("b"), List.of(device(1, 2), device(2, 2)), a);
        begin(a, 1, 200);
        begin(b, 2, 100);
    }

    @AfterEach
    void stop() {
        daemons.forEach(FrrVrrp::close);
        a.close();
        b.close();
        devices.forEach(device -> Shell.run("ip link del " + device));
        host1.close();
        host2.close();
    }

    @Test
    void shouldFailOverWhenADataPlaneDies() {
        waitUntil(() -> isActive(a) && !isActive(b) && reaches());
        ping(10);
        long forwardedByLinux = forwardedByLinux(a);
        assertThat(received(ping(50))).isEqualTo(50);
        assertThat(forwardedByLinux(a)).as("the fast path forwards").isLessThan(forwardedByLinux + 5);

        CompletableFuture<String> pings = CompletableFuture.supplyAsync(() -> ping(500));
        LockSupport.parkNanos(1_000_000_000);
        a.killDataplane();
        waitUntil(() -> isActive(b));
        String statistics = pings.join();

        int lost = 500 - received(statistics);
        System.Logger log = System.getLogger(VrrpTest.class.getName());
        log.log(System.Logger.Level.INFO, "{0} of 500 packets, one each 20 ms, were lost in the failover", lost);
        assertThat(lost * 20).as("ms without an answer").isGreaterThan(0).isLessThan(FAILOVER_MS);
        ping(10);
        long byLinuxBefore = forwardedByLinux(b);
        assertThat(received(ping(50))).isEqualTo(50);
        assertThat(forwardedByLinux(b)).as("the fast path forwards").isLessThan(byLinuxBefore + 5);
        assertThat(b.service().status().drops())
                .extracting(DropCount::reason)
                .doesNotContain(DropReason.MARTIAN_SOURCE.name());
    }

    /** Applies the configuration of a node, makes the macvlans that vrrpd looks for, and starts it. */
    private void begin(RunningNode node, int number, int priority)
            throws ApplyRefusedException, InvalidConfigurationException {
        waitUntil(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        node.apply(ConfigurationReader.read("""
            ports:
              - {name: p1, device: "af_packet:%2$s"}
              - {name: p2, device: "af_packet:%3$s"}
            vpns:
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces:
                      - {name: lan, port: p1, addresses: [10.0.1.%1$d/24]}
                      - {name: up, port: p2, addresses: [10.0.2.%1$d/24]}
            """.formatted(number, device(1, number), device(2, number))));
        List<String> configuration = new ArrayList<>();
        for (int side = 1; side <= 2; side++) {
            String parent = side == 1 ? "lan" : "up";
            node.in(
                    "blue",
                    "r1",
                    "ip link add vr%1$d link %2$s address 00:00:5e:00:01:0%1$d type macvlan mode bridge"
                            .formatted(side, parent));
            node.in("blue", "r1", "ip addr add 10.0.%1$d.254/32 dev vr%1$d".formatted(side));
            node.in("blue", "r1", "ip link set vr%1$d up".formatted(side));
            configuration.add("interface " + parent);
            configuration.add(" vrrp " + side);
            configuration.add(" vrrp " + side + " priority " + priority);
            configuration.add(" vrrp " + side + " advertisement-interval " + ADVERTISEMENT_MS);
            configuration.add(" vrrp " + side + " ip 10.0." + side + ".254");
            configuration.add("exit");
        }
        daemons.add(new FrrVrrp(node.service().namespaceOf("blue", "r1"), configuration));
    }

    /** Whether a node is the active router of both sides: vrrpd takes the macvlans' carriers away in the backup state. */
    private static boolean isActive(RunningNode node) {
        return node.in("blue", "r1", "ip -o link show type macvlan")
                        .lines()
                        .filter(line -> line.contains("LOWER_UP"))
                        .count()
                == 2;
    }

    private static long forwardedByLinux(RunningNode node) {
        return node.in("blue", "r1", "cat /proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Ip: ") && Character.isDigit(line.charAt(4)))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[6]))
                .sum();
    }

    private String ping(int count) {
        try {
            return host1.run("ping -q -i 0.02 -W 1 -c " + count + " 10.0.2.10");
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()); // not one answer
        }
    }

    private static int received(String statistics) {
        Matcher matcher = SENT.matcher(statistics);
        return matcher.find() ? Integer.parseInt(matcher.group(2)) : 0;
    }

    private boolean reaches() {
        try {
            return received(host1.run("ping -c 1 -W 1 10.0.2.10")) == 1;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String device(int side, int node) {
        return "v" + side + node + PID;
    }

    private TestNamespace host(int side) {
        TestNamespace host = new TestNamespace();
        StringBuilder batch = new StringBuilder("link add br0 type bridge\n");
        for (int node = 1; node <= 2; node++) {
            Shell.run("ip link add " + device(side, node) + " type veth peer name p" + node + " netns " + host.name());
            devices.add(device(side, node));
            host.run("ethtool -K p" + node + " tx off tso off gso off");
            batch.append("link set p" + node + " master br0 up\n");
        }
        batch.append("link set br0 up\naddress add 10.0.%d.10/24 dev br0\n".formatted(side));
        batch.append("route add 10.0.%d.0/24 via 10.0.%d.254\n".formatted(3 - side, side));
        host.batch(batch.toString());
        host.run("ethtool -K br0 tx off");
        return host;
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(a.log() + b.log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
