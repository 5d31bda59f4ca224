package io.vireo.dataplane.membership;

import static io.vireo.dataplane.membership.MemberRig.ADDRESS1;
import static io.vireo.dataplane.membership.MemberRig.ADDRESS2;
import static io.vireo.dataplane.membership.MemberRig.BASE;
import static io.vireo.dataplane.membership.MemberRig.BLUE_ID;
import static io.vireo.dataplane.membership.MemberRig.FAR;
import static io.vireo.dataplane.membership.MemberRig.FAR6;
import static io.vireo.dataplane.membership.MemberRig.HOST1;
import static io.vireo.dataplane.membership.MemberRig.HOST2;
import static io.vireo.dataplane.membership.MemberRig.HOSTS;
import static io.vireo.dataplane.membership.MemberRig.NET6;
import static io.vireo.dataplane.membership.MemberRig.OWN;
import static io.vireo.dataplane.membership.MemberRig.RED;
import static io.vireo.dataplane.membership.MemberRig.RED_ID;
import static io.vireo.dataplane.membership.MemberRig.SHARED_BLUE;
import static io.vireo.dataplane.membership.MemberRig.SHARED_RED;
import static io.vireo.dataplane.membership.MemberRig.arp;
import static io.vireo.dataplane.membership.MemberRig.fromHost;
import static io.vireo.dataplane.membership.MemberRig.list;
import static io.vireo.dataplane.membership.MemberRig.mac;
import static io.vireo.dataplane.membership.MemberRig.onWire;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of packets that are not plain where there is a list of members. */
class MemberPacketsTest {
    private static final long ALL = 0xffff_ffff_ffffL;
    private static final int ICMPV6 = 58;

    private static MemberRig received(MemberList list, byte[]... frames) {
        return new MemberRig(List.of(frames), List.of()).with(list).run();
    }

    private static byte[] fragment(int address, int offset, int payloadBytes) {
        byte[] packet = TestFrames.ipv4(address, FAR, 64, payloadBytes);
        packet[6] = 0x20;
        packet[7] = (byte) offset;
        TestFrames.fixChecksum(packet);
        return onWire(mac(OWN), HOST1, packet);
    }

    /** The ports of a test's packet are 1 and 0x203: its payload counts up. */
    @Test
    void shouldDropFragmentsWhoseVpnDependsOnPortsThatTheyDoNotShow() {
        MemberList list =
                list(List.of(MemberRig.from(BLUE_ID, ADDRESS2), MemberRig.toUdpPort(RED_ID, 0x203)), Otherwise.OWN);
        try (MemberRig rig = received(
                list,
                fragment(ADDRESS1, 0, 16),
                fragment(ADDRESS1, 2, 16),
                fragment(ADDRESS1, 0, 3),
                fragment(ADDRESS2, 2, 16))) {
            assertThat(rig.received(SHARED_RED)).as("the first shows them").isEqualTo(1);
            assertThat(rig.received(SHARED_BLUE))
                    .as("all of this host is blue's")
                    .isEqualTo(1);
            assertThat(rig.dataplane.drops(BASE, DropReason.MEMBER_PORTS_UNKNOWN))
                    .isEqualTo(2);
        }
    }

    private static byte[] wide(int nextHeader, byte[] payload) {
        byte[] packet = TestFrames.ipv6(NET6, 5, FAR6, 9, nextHeader, 64, payload.length);
        System.arraycopy(payload, 0, packet, 40, payload.length);
        return onWire(mac(OWN), HOST1, packet);
    }

    @Test
    void shouldLookBehindExtensionHeadersAndDropWhatHidesBehindThem() {
        byte[] udp = {0, 1, 2, 3, 0, 8, 0, 0};
        byte[] options = {17, 0, 1, 4, 0, 0, 0, 0};
        byte[] first = {17, 0, 0, 1, 0, 0, 0, 9};
        byte[] later = {17, 0, 0, 8, 0, 0, 0, 9};
        byte[] amid = {60, 0, 0, 8, 0, 0, 0, 9};
        byte[] again = {60, 0, 1, 4, 0, 0, 0, 0};
        byte[] deep = join(again, again, again, again, again, again, options, udp);
        try (MemberRig rig = received(
                list(List.of(MemberRig.toUdpPort(RED_ID, 0x203)), Otherwise.OWN),
                wide(60, join(options, udp)),
                wide(44, join(first, udp)),
                wide(44, join(later, udp)),
                wide(44, join(amid, udp)),
                wide(60, deep),
                wide(60, again))) {
            assertThat(rig.received(SHARED_RED)).isEqualTo(2);
            assertThat(rig.dataplane.drops(BASE, DropReason.MEMBER_PORTS_UNKNOWN))
                    .isEqualTo(4);
            assertThat(rig.dataplane.sent(1)).hasSize(2);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    @Test
    void shouldGiveArpToWhoIsAskedForOrAddressed() {
        MemberRig rig = new MemberRig(
                List.of(
                        arp(ALL, HOST1, 0x0a000001),
                        arp(ALL, HOST1, 0x0a000002),
                        arp(ALL, HOST1, 0x0a000003),
                        arp(mac(SHARED_RED), HOST1, 0x0a000002),
                        arp(mac(OWN), HOST1, 0x0a000001)),
                List.of());
        try (rig) {
            rig.with(list(HOSTS, Otherwise.DROP));
            // Linux answers for what has no place among the addresses, so these are punted, and show whose they are.
            own(rig, OWN, 0x0a000001);
            own(rig, SHARED_RED, 0x0a000001);
            own(rig, SHARED_BLUE, 0x0a000002);
            rig.run();

            assertThat(rig.received(OWN)).as("asked for, unknown, addressed").isEqualTo(3);
            assertThat(rig.received(SHARED_BLUE)).as("asked for").isEqualTo(1);
            assertThat(rig.received(SHARED_RED)).as("addressed").isEqualTo(1);
        }
    }

    private static void own(MemberRig rig, int interfaceId, int address) {
        rig.dataplane
                .proxy
                .tables()
                .addInterfaceAddress(8, interfaceId, AddressFamily.IPV4, 0, address, AddressUse.ANSWER);
        rig.dataplane.settle();
    }

    private static byte[] discovery(long mac, int type, long destinationHigh, long destinationLow, long targetLow) {
        byte[] packet = TestFrames.ipv6(NET6, 0x63, destinationHigh, destinationLow, ICMPV6, 255, 24);
        ByteBuffer.wrap(packet).put(40, (byte) type).putLong(48, NET6).putLong(56, targetLow);
        return onWire(mac, HOST1, packet);
    }

    /** Strangers too must be found; but what they say is for that router alone. */
    @Test
    void shouldGiveNeighbourDiscoveryToWhoIsAskedForOrAddressed() {
        long group = 0x3333ff000001L;
        long groupHigh = 0xff02_0000_0000_0000L;
        long groupLow = 0x1_ff00_0001L;
        MemberRig rig = new MemberRig(
                List.of(
                        discovery(group, 135, groupHigh, groupLow, 1),
                        discovery(group, 135, groupHigh, groupLow, 2),
                        discovery(group, 135, groupHigh, groupLow, 3),
                        discovery(mac(SHARED_RED), 136, NET6, 1, 1),
                        discovery(mac(SHARED_RED), 136, FAR6, 9, 1),
                        discovery(mac(SHARED_RED), 137, FAR6, 9, 1)),
                List.of());
        try (rig) {
            rig.with(list(HOSTS, Otherwise.DROP));
            for (int id : new int[] {OWN, SHARED_BLUE}) {
                rig.dataplane
                        .proxy
                        .tables()
                        .addInterfaceAddress(8, id, AddressFamily.IPV6, NET6, id == OWN ? 1 : 2, AddressUse.ANSWER);
            }
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(8, RED, AddressFamily.IPV6, NET6, 1, 128, RouteKind.LOCAL, new NextHops());
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.received(OWN))
                    .as("asked for, unknown, and what is no neighbour discovery")
                    .isEqualTo(3);
            assertThat(rig.received(SHARED_BLUE)).isEqualTo(1);
            assertThat(rig.received(SHARED_RED)).isEqualTo(2);
            assertThat(rig.dataplane.drops(RED, DropReason.NOT_A_MEMBER))
                    .as("to somebody behind the router")
                    .isEqualTo(1);
            assertThat(rig.dataplane.drops(BASE, DropReason.NOT_A_MEMBER)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    /** Else the kernel of the interface's own router would forward what is another VPN's. */
    @Test
    void shouldPuntByTheInterfaceOfTheVpn() {
        byte[] expiring = TestFrames.ipv4(ADDRESS1, FAR, 1, 8);
        byte[] group = TestFrames.ipv4(ADDRESS2, 0xe0000005, 1, 8);
        byte[] options = TestFrames.ipv6(NET6, 5, FAR6, 9, 0, 64, 16);
        options[40] = 17;
        try (MemberRig rig = received(
                list(HOSTS, Otherwise.OWN),
                onWire(mac(OWN), HOST1, expiring),
                onWire(0x01005e000005L, HOST2, group),
                onWire(mac(OWN), HOST1, options))) {
            assertThat(rig.dataplane.punts.interfaces).containsExactlyInAnyOrder(SHARED_RED, SHARED_BLUE, SHARED_RED);
            assertThat(rig.dataplane.punts.reasons)
                    .containsExactlyInAnyOrder(
                            PuntReason.TTL_EXPIRED.code(), PuntReason.LINK_MULTICAST.code(), PuntReason.OPTIONS.code());
            assertThat(rig.dataplane.punts.frames).allSatisfy(frame -> {
                long destination = ByteBuffer.wrap(frame).getLong() >>> 16;
                assertThat(destination).isIn(mac(SHARED_RED), 0x01005e000005L);
            });
        }
    }

    @Test
    void shouldChargeToTheInterfaceItselfWhatIsMalformedOrComesWhileItIsDown() {
        byte[] bad = TestFrames.with(TestFrames.ipv4(ADDRESS1, FAR, 64, 8), 10, 0x55);
        try (MemberRig rig = received(list(HOSTS, Otherwise.OWN), onWire(mac(OWN), HOST1, bad))) {
            assertThat(rig.dataplane.drops(BASE, DropReason.IPV4_BAD_CHECKSUM)).isEqualTo(1);
        }
        MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1)), List.of());
        try (rig) {
            rig.with(list(HOSTS, Otherwise.OWN));
            rig.dataplane.proxy.topology().setInterfaceState(7, OWN, false);
            rig.dataplane.settle();
            rig.run();
            assertThat(rig.dataplane.drops(BASE, DropReason.INTERFACE_DOWN)).isEqualTo(1);
        }
    }
}
