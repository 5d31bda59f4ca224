package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.KeepaliveStatus;
import io.vireo.control.view.LinkStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keepalives that a Linux kernel answers, which knows nothing of them; and routes that follow. */
@Tag("slow")
class KeepaliveToLinuxTest {
    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final long INTERVAL_NS = 200_000_000L;
    private static final int MISSES = 3;

    /** Until control has looked, and everybody has had a processor: tests run side by side. */
    private static final long SLACK_NS = 5_000_000_000L;

    private static final String TUNNELS = """
        - name: t1
          encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.31,
            keepalive: {target: 10.1.1.2, interval: 200ms}}}
          addresses: [10.1.1.1/30]
        - name: t2
          encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.32,
            keepalive: {target: "2001:db8:9::2", interval: 200ms}}}
          addresses: [10.1.2.1/30, "2001:db8:9::1/64"]
        - name: t3
          encapsulation: {vxlan: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.33, vni: 77,
            keepalive: {target: 10.1.3.2, interval: 200ms}}}
          addresses: [10.1.3.1/30]
        - name: t4
          encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.34, ethernet: true,
            keepalive: {target: "2001:db8:4::2", interval: 200ms}}}
          addresses: ["2001:db8:4::1/64"]
        """;

    /** The first way is longer than the second, so it is taken while it is there. */
    private static final String ROUTES = """
        - {prefix: 10.2.0.0/24, interface: t1}
        - {prefix: 10.2.0.0/16, interface: t2}
        """;

    private static final List<String> LINUX = List.of(
            "ip address add 192.0.2.31/24 dev eth0",
            "ip address add 192.0.2.32/24 dev eth0",
            "ip address add 192.0.2.33/24 dev eth0",
            "ip address add 192.0.2.34/24 dev eth0",
            "ip link add t3 type vxlan id 77 local 192.0.2.33 remote 192.0.2.1 dstport 4789",
            "ip link add t4 type gretap local 192.0.2.34 remote 192.0.2.1",
            "ip address add 10.1.3.2/30 dev t3",
            "ip address add 2001:db8:4::2/64 dev t4 nodad",
            "ip link add t1 type gre local 192.0.2.31 remote 192.0.2.1",
            "ip link add t2 type sit mode any local 192.0.2.32 remote 192.0.2.1",
            "ip address add 10.1.1.2/30 dev t1",
            "ip address add 10.1.2.2/30 dev t2",
            "ip address add 2001:db8:9::2/64 dev t2 nodad",
            "ip address add 10.2.0.2/32 dev lo",
            "ip link set t2 up",
            "ip route add 10.0.1.0/24 dev t2 src 10.2.0.2");

    @TempDir
    private Path directory;

    @Test
    void shouldFollowAFarEndThatComesAndGoes() throws ApplyRefusedException, InvalidConfigurationException {
        try (LinuxPeerLab lab = new LinuxPeerLab(directory, TUNNELS, ROUTES)) {
            LINUX.forEach(lab.linux::run);
            waitUntil(() -> link(lab, "t2").state() == LinkStatus.State.UP, lab);
            waitUntil(() -> link(lab, "t1").state() == LinkStatus.State.DOWN, lab);
            assertThat(link(lab, "t1").reason()).isEqualTo("10.1.1.2 does not answer");
            lab.assertReaches("10.2.0.2");

            lab.linux.run("ip link set t1 up");
            waitUntil(() -> link(lab, "t1").state() == LinkStatus.State.UP, lab);
            KeepaliveStatus heard = Objects.requireNonNull(link(lab, "t1").keepalive());
            assertThat(heard.state()).isEqualTo(KeepaliveStatus.State.UP);
            assertThat(heard.roundTripNs()).isPositive();
            long before = sentBy(lab, "t1");
            waitUntil(() -> reachesBy(lab, "t1", before), lab);

            long killedNs = System.nanoTime();
            lab.linux.run("ip link set t1 down");
            waitUntil(() -> link(lab, "t1").state() == LinkStatus.State.DOWN, lab);
            long downAfterNs = System.nanoTime() - killedNs;
            assertThat(downAfterNs).isBetween((MISSES - 1) * INTERVAL_NS, (MISSES + 1) * INTERVAL_NS + SLACK_NS);
            assertThat(lab.node.in("blue", "r1", "ip link show t1")).contains("NO-CARRIER");
            lab.assertReaches("10.2.0.2");
            assertFollowsFrames(lab);
        }
    }

    /** The kernel here asks for no MAC address while its device has no carrier, and yet the tunnel comes back, with another MAC, too. */
    private static void assertFollowsFrames(LinuxPeerLab lab) {
        for (String name : List.of("t3", "t4")) {
            waitUntil(() -> link(lab, name).state() == LinkStatus.State.DOWN, lab);
            assertThat(lab.node.in("blue", "r1", "ip link show " + name)).contains("NO-CARRIER");
            lab.linux.run("ip link set " + name + " up");
            waitUntil(() -> link(lab, name).state() == LinkStatus.State.UP, lab);
            lab.linux.run("ip link set " + name + " down");
            waitUntil(() -> link(lab, name).state() == LinkStatus.State.DOWN, lab);
            lab.linux.run("ip link set " + name + " address 02:00:00:00:77:02 up");
            lab.linux.run("ip address replace 2001:db8:4::2/64 dev t4 nodad"); // it goes with a link that goes down
            waitUntil(() -> link(lab, name).state() == LinkStatus.State.UP, lab);
        }
    }

    private static LinkStatus link(LinuxPeerLab lab, String name) {
        return lab.node.service().links().stream()
                .filter(each -> each.path().equals("blue/r1/" + name))
                .findFirst()
                .orElseThrow();
    }

    private static long sentBy(LinuxPeerLab lab, String name) {
        LinkStatus link = link(lab, name);
        return link.counts().txPackets()
                - Objects.requireNonNull(link.keepalive()).requests();
    }

    /** Whether what the host sends goes that way: three pings. */
    private static boolean reachesBy(LinuxPeerLab lab, String name, long before) {
        lab.assertReaches("10.2.0.2");
        return sentBy(lab, name) >= before + 3;
    }

    private static void waitUntil(BooleanSupplier condition, LinuxPeerLab lab) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s%n%s", lab.node.service().links(), lab.node.log())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
