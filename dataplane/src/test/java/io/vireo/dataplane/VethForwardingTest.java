package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data plane process between two real Linux hosts: namespaces joined by veth, ports of af_packet. */
@Tag("slow")
class VethForwardingTest {
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST_A = 0x02000000aa01L;
    private static final long HOST_B = 0x02000000aa02L;

    private static final int IPV4_A = 0x0a000102; // 10.0.1.2
    private static final int IPV4_B = 0x0a000202; // 10.0.2.2

    @TempDir
    private Path directory;

    @BeforeEach
    void buildHosts() throws Exception {
        assumeTrue(isRoot(), "needs root: network namespaces");
        removeHosts();
        host("a", "10.0.1.2/24", "2001:db8:1::2/64", HOST_A, "10.0.1.1", "2001:db8:1::1", MAC_A);
        host("b", "10.0.2.2/24", "2001:db8:2::2/64", HOST_B, "10.0.2.1", "2001:db8:2::1", MAC_B);
    }

    @AfterEach
    void removeHosts() throws Exception {
        for (String name : List.of("a", "b")) {
            run(false, "ip", "netns", "del", "vpt-" + name);
            run(false, "ip", "link", "del", "vpt-" + name + "0");
        }
    }

    private static void host(
            String name, String address4, String address6, long mac, String gateway4, String gateway6, long gatewayMac)
            throws Exception {
        String ns = "vpt-" + name;
        run(true, "ip", "netns", "add", ns);
        run(true, "ip", "link", "add", ns + "0", "type", "veth", "peer", "name", "eth0", "netns", ns);
        run(true, "ip", "link", "set", ns + "0", "up");
        run(true, "ip", "-n", ns, "link", "set", "eth0", "address", text(mac), "up");
        run(true, "ip", "-n", ns, "addr", "add", address4, "dev", "eth0");
        run(true, "ip", "-n", ns, "addr", "add", address6, "dev", "eth0", "nodad");
        run(true, "ip", "-n", ns, "neigh", "add", gateway4, "lladdr", text(gatewayMac), "dev", "eth0");
        run(true, "ip", "-n", ns, "neigh", "add", gateway6, "lladdr", text(gatewayMac), "dev", "eth0");
        run(true, "ip", "-n", ns, "route", "add", "default", "via", gateway4);
        run(true, "ip", "-n", ns, "-6", "route", "add", "default", "via", gateway6);
    }

    @Test
    void shouldForwardBetweenHostsAndPuntAndInject() throws Exception {
        try (DataplaneJvm dataplane = DataplaneJvm.start(directory)) {
            configure(dataplane);

            assertThat(ping("a", "10.0.2.2", 64)).isZero();
            assertThat(ping("a", "2001:db8:2::2", 64)).isZero();

            shouldPuntArp(dataplane);
            shouldInjectIntoHost(dataplane);

            assertThat(dataplane.stop()).isEqualTo(143);
            assertThat(dataplane.log()).contains("stopping");
        }
    }

    private static void configure(DataplaneJvm dataplane) {
        var proxy = dataplane.proxy;
        proxy.topology().addPort(1, 0, 1, 512, 1500, "p0", "net_af_packet_p0,iface=vpt-a0");
        proxy.topology().addPort(2, 1, 1, 512, 1500, "p1", "net_af_packet_p1,iface=vpt-b0");
        proxy.topology().addRouter(3, 7, 101, 10_000, 1_000, "blue");
        proxy.topology().addInterface(4, TestInterfaces.access(10, 7, 0, 0, MAC_A, 1500, "a"));
        proxy.topology().addInterface(5, TestInterfaces.access(11, 7, 1, 0, MAC_B, 1500, "b"));
        NextHops viaA = new NextHops().add(10, 0, 0, 1);
        NextHops viaB = new NextHops().add(11, 0, 0, 1);
        proxy.tables().addRoute(6, 7, AddressFamily.IPV4, 0, 0x0a000100, 24, RouteKind.UNICAST, viaA);
        proxy.tables().addRoute(7, 7, AddressFamily.IPV4, 0, 0x0a000200, 24, RouteKind.UNICAST, viaB);
        proxy.tables().addRoute(8, 7, AddressFamily.IPV4, 0, 0x0a000101, 32, RouteKind.LOCAL, NextHops.NONE);
        proxy.tables().addRoute(9, 7, AddressFamily.IPV6, 0x20010db800010000L, 0, 64, RouteKind.UNICAST, viaA);
        proxy.tables().addRoute(10, 7, AddressFamily.IPV6, 0x20010db800020000L, 0, 64, RouteKind.UNICAST, viaB);
        proxy.tables().addNeighbour(11, 10, AddressFamily.IPV4, 0, IPV4_A, HOST_A);
        proxy.tables().addNeighbour(12, 11, AddressFamily.IPV4, 0, IPV4_B, HOST_B);
        proxy.tables().addNeighbour(13, 10, AddressFamily.IPV6, 0x20010db800010000L, 2, HOST_A);
        proxy.tables().addNeighbour(14, 11, AddressFamily.IPV6, 0x20010db800020000L, 2, HOST_B);
        dataplane.settle();
        assertThat(dataplane.events.ports).containsEntry(0, PortState.UP).containsEntry(1, PortState.UP);
    }

    private static void shouldPuntArp(DataplaneJvm dataplane) throws Exception {
        FrameRecorder punts = new FrameRecorder();
        PuntReader reader = new PuntReader(dataplane.memory, 0, punts);
        run(true, "ip", "-n", "vpt-a", "neigh", "del", "10.0.1.1", "dev", "eth0");
        ping("a", "10.0.1.1", 64);
        dataplane.await("punted ARP", () -> {
            reader.poll(100);
            return punts.reasons.contains(PuntReason.ARP.code());
        });
        assertThat(punts.interfaces).contains(10);
    }

    private static void shouldInjectIntoHost(DataplaneJvm dataplane) {
        long before = received();
        UnsafeBuffer frame = new UnsafeBuffer(new byte[60]);
        frame.putLong(0, HOST_A << 16 | MAC_A >>> 32, java.nio.ByteOrder.BIG_ENDIAN);
        frame.putInt(8, (int) MAC_A, java.nio.ByteOrder.BIG_ENDIAN);
        frame.putShort(12, (short) 0x0806, java.nio.ByteOrder.BIG_ENDIAN);
        InjectWriter inject = new InjectWriter(dataplane.memory, 0);
        assertThat(inject.inject(10, frame, 0, 60)).isTrue();
        dataplane.await("injected frame", () -> received() > before);
    }

    private static long received() {
        try {
            return Long.parseLong(
                    run(true, "ip", "netns", "exec", "vpt-a", "cat", "/sys/class/net/eth0/statistics/rx_packets")
                            .strip());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int ping(String host, String target, int ttl) throws Exception {
        Process ping = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        "vpt-" + host,
                        "ping",
                        "-c",
                        "3",
                        "-i",
                        "0.05",
                        "-W",
                        "2",
                        "-t",
                        Integer.toString(ttl),
                        target)
                .redirectErrorStream(true)
                .start();
        ping.getInputStream().transferTo(System.out);
        assertThat(ping.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return ping.exitValue();
    }

    private static String text(long mac) {
        return String.format("%012x", mac).replaceAll("(..)(?!$)", "$1:");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String run(boolean mustSucceed, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (mustSucceed && exit != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
