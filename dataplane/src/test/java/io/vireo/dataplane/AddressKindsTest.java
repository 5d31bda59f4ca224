package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of packets by the kind of their addresses alone, with a route to everywhere: as Linux has it ({@code ip_route_input} and
 * {@code include/linux/in.h}).
 */
class AddressKindsTest {
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final long NEIGHBOUR = 0x02000000aa02L;
    private static final int ORDINARY = 0x0a000102;
    private static final long NET6 = 0x20010db800010000L;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int B = 11;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void forward(byte[]... frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        proxy.topology().addInterface(2, TestInterfaces.access(A, ROUTER, 0, 0, MAC, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(B, ROUTER, 1, 0, MAC + 1, 1500, "b"));
        NextHops gateway = new NextHops().add(B, 0, 0x0a000202, 1);
        proxy.tables().addRoute(4, ROUTER, AddressFamily.IPV4, 0, 0, 0, RouteKind.UNICAST, gateway);
        proxy.tables().addNeighbour(5, B, AddressFamily.IPV4, 0, 0x0a000202, NEIGHBOUR);
        proxy.tables()
                .addRoute(6, ROUTER, AddressFamily.IPV6, 0, 0, 0, RouteKind.UNICAST, new NextHops().add(B, NET6, 2, 1));
        proxy.tables().addNeighbour(7, B, AddressFamily.IPV6, NET6, 2, NEIGHBOUR);
        dataplane.settle();
        dataplane.run();
        assertThat(dataplane.buffersInUse()).isZero();
    }

    private static byte[] ipv4(int source, int destination) {
        return TestFrames.ethernet(MAC, HOST, 0x0800, TestFrames.ipv4(source, destination, 64, 8));
    }

    private static byte[] ipv6(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow) {
        byte[] packet = TestFrames.ipv6(sourceHigh, sourceLow, destinationHigh, destinationLow, 17, 64, 8);
        return TestFrames.ethernet(MAC, HOST, 0x86dd, packet);
    }

    /** Either way round: 0/8 and 240/4 are unicast for Linux, but for the two addresses at the ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.1",
                "0.255.255.255",
                "1.0.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "223.255.255.255",
                "240.0.0.0",
                "240.0.0.2",
                "250.1.2.3",
                "255.0.0.1",
                "255.255.255.254"
            })
    void shouldForwardUnicast(String text) {
        int address = parse(text);
        forward(ipv4(ORDINARY, address), ipv4(address, 0x0a090909));
        assertThat(dataplane.sent(1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.255.255.255", "224.0.0.1", "239.255.255.255", "255.255.255.255", "0.0.0.0"})
    void shouldDropMartianSources(String source) {
        forward(ipv4(parse(source), ORDINARY));
        assertThat(dataplane.drops(ROUTER, DropReason.MARTIAN_SOURCE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.255", "0.0.0.0"})
    void shouldDropMartianDestinations(String destination) {
        forward(ipv4(ORDINARY, parse(destination)));
        assertThat(dataplane.drops(ROUTER, DropReason.MARTIAN_DESTINATION)).isEqualTo(1);
    }

    /** Linux knows who in the namespace joined a group. */
    @ParameterizedTest
    @CsvSource({
        "224.0.0.5, LINK_MULTICAST",
        "224.0.1.129, MULTICAST",
        "239.1.1.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "255.255.255.255, BROADCAST"
    })
    void shouldHandGroupsToLinux(String destination, PuntReason reason) {
        byte[] frame = ipv4(ORDINARY, parse(destination));
        forward(frame);
        assertThat(dataplane.punts.reasons).containsExactly(reason.code());
        assertThat(dataplane.punts.frames).containsExactly(frame);
    }

    @ParameterizedTest
    @CsvSource({"ff02, LINK_MULTICAST", "ff05, MULTICAST", "ff08, MULTICAST", "ff0e, MULTICAST", "ff3e, MULTICAST"})
    void shouldHandIpv6GroupsToLinux(String first, PuntReason reason) {
        forward(ipv6(NET6, 2, Long.parseUnsignedLong(first, 16) << 48, 0x10003));
        assertThat(dataplane.punts.reasons).containsExactly(reason.code());
    }

    @Test
    void shouldDropIpv6Martians() {
        forward(
                ipv6(0, 1, NET6 + 1, 2),
                ipv6(0, 0, NET6 + 1, 2),
                ipv6(0xff02000000000000L, 1, NET6 + 1, 2),
                ipv6(0, 0xffff0a000001L, NET6 + 1, 2),
                ipv6(NET6, 2, 0, 1),
                ipv6(NET6, 2, 0, 0),
                ipv6(NET6, 2, 0xff01000000000000L, 1));
        assertThat(dataplane.drops(ROUTER, DropReason.MARTIAN_SOURCE)).isEqualTo(4);
        assertThat(dataplane.drops(ROUTER, DropReason.MARTIAN_DESTINATION)).isEqualTo(3);
        assertThat(dataplane.sent(1)).isEmpty();
    }

    /** LLDP, EAPOL to the station itself, LACP, PTP, CFM, and whatever is for a group that a bridge keeps. */
    @ParameterizedTest
    @CsvSource({
        "0180c200000e, 88cc",
        "020000000101, 888e",
        "0180c2000003, 888e",
        "0180c2000002, 8809",
        "011b19000000, 88f7",
        "0180c2000030, 8902",
        "ffffffffffff, 8863",
        "020000000101, 8864",
        "0180c200000f, 9000",
        "0180c2000000, 9000"
    })
    void shouldHandLinkProtocolsToLinux(String destination, String type) {
        byte[] frame =
                TestFrames.ethernet(Long.parseLong(destination, 16), HOST, Integer.parseInt(type, 16), new byte[46]);
        forward(frame);
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.OTHER.code());
        assertThat(dataplane.punts.frames).containsExactly(frame);
    }

    @ParameterizedTest
    @CsvSource({"0180c2000010, 9000", "020000000101, 9000", "ffffffffffff, 88b5"})
    void shouldDropOtherEthertypes(String destination, String type) {
        forward(TestFrames.ethernet(Long.parseLong(destination, 16), HOST, Integer.parseInt(type, 16), new byte[46]));
        assertThat(dataplane.drops(ROUTER, DropReason.UNKNOWN_ETHERTYPE)).isEqualTo(1);
    }

    private static int parse(String text) {
        int address = 0;
        for (String octet : text.split("\\.", -1)) {
            address = (address << Byte.SIZE) | Integer.parseInt(octet);
        }
        return address;
    }
}
