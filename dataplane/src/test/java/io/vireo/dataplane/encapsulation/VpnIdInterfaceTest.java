package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.VpnRig.B0;
import static io.vireo.dataplane.encapsulation.VpnRig.B1;
import static io.vireo.dataplane.encapsulation.VpnRig.BASE;
import static io.vireo.dataplane.encapsulation.VpnRig.BLUE;
import static io.vireo.dataplane.encapsulation.VpnRig.BLUE_ID;
import static io.vireo.dataplane.encapsulation.VpnRig.BLUE_OPTION;
import static io.vireo.dataplane.encapsulation.VpnRig.FAR_LEFT;
import static io.vireo.dataplane.encapsulation.VpnRig.HOST;
import static io.vireo.dataplane.encapsulation.VpnRig.LEFT;
import static io.vireo.dataplane.encapsulation.VpnRig.OWN;
import static io.vireo.dataplane.encapsulation.VpnRig.PLAIN;
import static io.vireo.dataplane.encapsulation.VpnRig.R0;
import static io.vireo.dataplane.encapsulation.VpnRig.R1;
import static io.vireo.dataplane.encapsulation.VpnRig.RED;
import static io.vireo.dataplane.encapsulation.VpnRig.RED_ID;
import static io.vireo.dataplane.encapsulation.VpnRig.RED_OPTION;
import static io.vireo.dataplane.encapsulation.VpnRig.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Interfaces that share a port and VLAN, and are found by the VPN-ID that packets say; what leaves by them says it. */
class VpnIdInterfaceTest {
    private static final int UNKNOWN_ROUTER = -1;
    private static final byte[] NONE = {};
    private static final long FAR6 = 0x20010db8_00050000L;
    private static final long ALL = 0xffff_ffff_ffffL;

    private static VpnRig received(byte[]... frames) {
        VpnRig rig = new VpnRig(List.of(frames), List.of());
        rig.run();
        return rig;
    }

    /** What red's edge sends to the left. */
    private static VpnRig sent(byte[]... packets) {
        VpnRig rig = new VpnRig(
                List.of(), List.of(packets).stream().map(VpnRig::fromEdge).toList());
        rig.run();
        return rig;
    }

    private static byte[] toFarLeft(byte[] options, int ttl, int payloadBytes) {
        return VpnRig.packet(options, FAR_LEFT, ttl, payloadBytes);
    }

    @Test
    void shouldForwardByTheRouterOfTheVpnThatAPacketSays() {
        byte[] otherOption = VnsPacket.options(VnsOption.EXPERIMENTAL_WITH_FLOW, RED_ID, 9);
        try (VpnRig rig = received(
                VpnRig.fromLeft(mac(R0), RED_OPTION),
                VpnRig.fromLeft(mac(B0), BLUE_OPTION),
                VpnRig.fromLeft(mac(R0), otherOption))) {
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(rig.received(R0)).isEqualTo(2);
            assertThat(rig.received(B0)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            VpnRig.toRight(R1, RED_OPTION),
                            VpnRig.toRight(B1, BLUE_OPTION),
                            VpnRig.toRight(R1, otherOption));
        }
    }

    /** ARP says no VPN-ID, so who asks for an address that two routers have may get the MAC of the other. */
    @Test
    void shouldTakeTheMacOfAnotherVpnsInterfaceAndNoStrangers() {
        try (VpnRig rig = received(
                VpnRig.fromLeft(mac(B0), RED_OPTION),
                VpnRig.fromLeft(mac(R0), BLUE_OPTION),
                VpnRig.fromLeft(mac(R1), RED_OPTION),
                VpnRig.fromLeft(ALL, RED_OPTION))) {
            assertThat(rig.dataplane.drops(RED, DropReason.WRONG_MAC)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.LINK_BROADCAST_UNICAST))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(VpnRig.toRight(R1, RED_OPTION), VpnRig.toRight(B1, BLUE_OPTION));
        }
    }

    @Test
    void shouldTakeTheMacOfTheInterfaceWithoutVpnIdAndTheOtherWayRound() {
        byte[] plain = TestFrames.ethernet(mac(R0), HOST, 0x0800, VpnRig.packet(NONE, FAR_LEFT, 64, 8));
        byte[] strange = TestFrames.ethernet(mac(R1), HOST, 0x0800, VpnRig.packet(NONE, FAR_LEFT, 64, 8));
        try (VpnRig rig = new VpnRig(List.of(VpnRig.fromLeft(mac(PLAIN), RED_OPTION), plain, strange), List.of())) {
            rig.addPlain();
            rig.run();

            assertThat(rig.dataplane.drops(BASE, DropReason.WRONG_MAC)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(VpnRig.toLeft(PLAIN, VpnRig.packet(NONE, FAR_LEFT, 63, 8)));
            assertThat(rig.dataplane.sent(1)).containsExactly(VpnRig.toRight(R1, RED_OPTION));
        }
    }

    @Test
    void shouldDropWhatIsForAnInterfaceThatIsDown() {
        byte[] plain = TestFrames.ethernet(mac(R0), HOST, 0x0800, VpnRig.packet(NONE, FAR_LEFT, 64, 8));
        try (VpnRig rig = new VpnRig(List.of(plain, VpnRig.fromLeft(mac(R0), BLUE_OPTION)), List.of())) {
            rig.addPlain();
            rig.dataplane.proxy.topology().setInterfaceState(20, PLAIN, false);
            rig.dataplane.proxy.topology().setInterfaceState(20, B0, false);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.drops(BASE, DropReason.INTERFACE_DOWN)).isEqualTo(1);
            assertThat(rig.dataplane.drops(BLUE, DropReason.INTERFACE_DOWN)).isEqualTo(1);
        }
    }

    /** Else the kernel would take it for somebody else's. */
    @Test
    void shouldAddressToTheInterfaceWhatIsPunted() {
        byte[] packet = VpnRig.packet(RED_OPTION, VpnRig.FAR_RIGHT, 1, 8);
        byte[] plain = VpnRig.packet(NONE, FAR_LEFT, 1, 8);
        try (VpnRig rig = new VpnRig(
                List.of(
                        TestFrames.ethernet(mac(B0), HOST, 0x0800, packet),
                        TestFrames.ethernet(mac(B0), HOST, 0x0800, plain)),
                List.of())) {
            rig.addPlain();
            rig.run();

            assertThat(rig.dataplane.punts.frames)
                    .containsExactly(
                            TestFrames.ethernet(mac(R0), HOST, 0x0800, packet),
                            TestFrames.ethernet(mac(PLAIN), HOST, 0x0800, plain));
        }
    }

    private static byte[][] unknown() {
        return new byte[][] {
            VpnRig.fromLeft(mac(R0), NONE),
            VpnRig.fromLeft(mac(R0), VnsPacket.options(VnsOption.STREAM_ID, 8, 0)),
            VpnRig.fromLeft(mac(R0), VnsPacket.options(VnsOption.EXPERIMENTAL, RED_ID << 16, 0)),
            VpnRig.fromLeft(mac(R0), new byte[] {(byte) 136, 4, 0, 7, (byte) 136, 4, 0, 7}),
            VpnRig.fromLeft(mac(R0), new byte[] {(byte) 0x94, 4, 0, 0}),
            Arrays.copyOf(arp(ALL, 1, LEFT, OWN + 8), 14 + 27), // nobody's, for it is cut off
            TestFrames.ethernet(mac(R0), HOST, 0x86dd, TestFrames.ipv6(1L << 61, 1, 1L << 61, 2, 17, 64, 8)),
        };
    }

    @Test
    void shouldDropWhatSaysNoKnownVpnId() {
        try (VpnRig rig = received(unknown())) {
            assertThat(rig.dataplane.drops(UNKNOWN_ROUTER, DropReason.VPN_ID_UNKNOWN))
                    .isEqualTo(unknown().length);
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    @Test
    void shouldGiveWhatSaysNoKnownVpnIdToTheInterfaceWithoutOne() {
        byte[] own = TestFrames.ethernet(mac(PLAIN), HOST, 0x0800, VpnRig.packet(NONE, FAR_LEFT, 64, 8));
        byte[] unknown = TestFrames.ethernet(
                mac(PLAIN), HOST, 0x0800, VpnRig.packet(VnsPacket.options(1, 8, 0), FAR_LEFT, 64, 8));
        try (VpnRig rig = new VpnRig(List.of(VpnRig.fromLeft(mac(R0), RED_OPTION), own, unknown), List.of())) {
            rig.addPlain();
            rig.run();

            assertThat(rig.received(PLAIN)).isEqualTo(2);
            assertThat(rig.received(R0)).isEqualTo(1);
            assertThat(rig.dataplane.drops(BASE, DropReason.VPN_ID_FOREIGN))
                    .as("it would be another VPN's where it arrives")
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(VpnRig.toLeft(PLAIN, VpnRig.packet(NONE, FAR_LEFT, 63, 8)));
        }
    }

    @Test
    void shouldLetTheInterfaceWithoutOneAloneOnceNoOtherIsThere() {
        byte[] marked = TestFrames.ethernet(mac(PLAIN), HOST, 0x0800, VpnRig.packet(RED_OPTION, FAR_LEFT, 64, 8));
        try (VpnRig rig = new VpnRig(List.of(marked), List.of())) {
            rig.addPlain();
            rig.dataplane.proxy.topology().removeInterface(20, R0);
            rig.dataplane.proxy.topology().removeInterface(20, B0);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.sent(0))
                    .containsExactly(VpnRig.toLeft(PLAIN, VpnRig.packet(RED_OPTION, FAR_LEFT, 63, 8)));
        }
    }

    @Test
    void shouldMarkWhatLeaves() {
        byte[] alert = {(byte) 0x94, 4, 0, 0};
        try (VpnRig rig = sent(toFarLeft(NONE, 64, 8), toFarLeft(RED_OPTION, 64, 9), toFarLeft(NONE, 2, 0))) {
            assertThat(rig.dataplane.punts.frames).isEmpty();
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(
                            VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 63, 8)),
                            VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 63, 9)),
                            VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 1, 0)));
        }
        try (VpnRig rig = sent(toFarLeft(alert, 64, 8))) {
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.OPTIONS.code());
        }
    }

    @Test
    void shouldLetNothingOutThatIsAnotherVpnsOrCannotBeMarked() {
        byte[] wide = TestFrames.ipv6(1L << 61, 1, FAR6, 3, 17, 64, 8);
        VpnRig rig =
                new VpnRig(List.of(), List.of(VpnRig.fromEdge(toFarLeft(BLUE_OPTION, 64, 8)), VpnRig.fromEdge(wide)));
        try (rig) {
            rig.dataplane.proxy.tables().addNeighbour(20, R0, AddressFamily.IPV6, FAR6, 2, HOST);
            rig.dataplane
                    .proxy
                    .tables()
                    .addRoute(21, RED, AddressFamily.IPV6, FAR6, 0, 64, RouteKind.UNICAST, via(R0, FAR6, 2));
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.drops(RED, DropReason.VPN_ID_FOREIGN)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.NOT_MARKED)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    private static NextHops via(int interfaceId, long high, long low) {
        return new NextHops().add(interfaceId, high, low, 1);
    }

    /** Of which the option is no part. */
    @Test
    void shouldLeaveRoomForTheOptionBesideTheMtu() {
        byte[] fits = toFarLeft(NONE, 64, VpnRig.MTU - 20);
        byte[] marked = toFarLeft(RED_OPTION, 64, VpnRig.MTU - 20);
        byte[] tooBig = toFarLeft(NONE, 64, VpnRig.MTU - 19);
        byte[] markedTooBig = toFarLeft(RED_OPTION, 64, VpnRig.MTU - 19);
        try (VpnRig rig = sent(fits, marked, tooBig, markedTooBig)) {
            assertThat(rig.dataplane.punts.reasons)
                    .containsExactly(PuntReason.TOO_BIG.code(), PuntReason.TOO_BIG.code());
            assertThat(rig.dataplane.punts.frames)
                    .as("as they came")
                    .allSatisfy(frame -> assertThat(frame[22]).isEqualTo((byte) 64));
            byte[] sent = VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 63, VpnRig.MTU - 20));
            assertThat(rig.dataplane.sent(0)).containsExactly(sent, sent);
        }
    }

    @Test
    void shouldMarkWhatTheKernelSends() {
        byte[] arp = arp(mac(R0), 1, OWN, LEFT);
        byte[] wide = TestFrames.ethernet(HOST, mac(R0), 0x86dd, TestFrames.ipv6(1L << 61, 1, 1L << 61, 2, 17, 64, 8));
        try (VpnRig rig = new VpnRig(List.of(), List.of())) {
            for (byte[] frame : List.of(
                    VpnRig.toLeft(R0, toFarLeft(NONE, 64, 8)),
                    VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 64, 8)),
                    VpnRig.toLeft(R0, toFarLeft(BLUE_OPTION, 64, 8)),
                    VpnRig.toLeft(R0, TestFrames.with(toFarLeft(NONE, 64, 0), 0, 0x4f)),
                    arp,
                    wide)) {
                rig.dataplane.injectWriter(0).inject(R0, new UnsafeBuffer(frame), 0, frame.length);
            }
            byte[] right = TestFrames.ethernet(VpnRig.GATEWAY, mac(B1), 0x0800, toFarLeft(NONE, 64, 8));
            rig.dataplane.injectWriter(0).inject(B1, new UnsafeBuffer(right), 0, right.length);
            rig.run();

            assertThat(rig.dataplane.drops(RED, DropReason.VPN_ID_FOREIGN)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.NOT_MARKED)).isEqualTo(2);
            byte[] marked = VpnRig.toLeft(R0, toFarLeft(RED_OPTION, 64, 8));
            assertThat(rig.dataplane.sent(0)).containsExactly(marked, marked, arp);
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            TestFrames.tagged(VpnRig.GATEWAY, mac(B1), 30, 0x0800, toFarLeft(BLUE_OPTION, 64, 8)));
            assertThat(rig.dataplane.buffersInUse()).isZero();
        }
    }

    private static byte[] arp(long destination, int operation, int sender, int target) {
        byte[] message = ByteBuffer.allocate(28)
                .putLong(0x0001_0800_0604_0000L | operation)
                .putShort((short) (HOST >> 32))
                .putInt((int) HOST)
                .putInt(sender)
                .put(new byte[6])
                .putInt(target)
                .array();
        return TestFrames.ethernet(destination, HOST, 0x0806, message);
    }

    @Test
    void shouldGiveArpToWhoIsMeant() {
        List<byte[]> frames = List.of(
                arp(ALL, 1, LEFT, OWN + 8),
                arp(mac(R0), 2, LEFT, OWN),
                arp(mac(B0), 2, LEFT, OWN),
                arp(mac(R1), 2, LEFT, OWN));
        try (VpnRig rig = new VpnRig(frames, List.of())) {
            rig.dataplane.proxy.tables().addInterfaceAddress(20, B0, AddressFamily.IPV4, 0, OWN + 8, AddressUse.ANSWER);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.punts.interfaces).containsExactly(B0, R0, B0);
            assertThat(rig.dataplane.drops(UNKNOWN_ROUTER, DropReason.VPN_ID_UNKNOWN))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(0))
                    .singleElement()
                    .satisfies(answer -> assertThat(ByteBuffer.wrap(answer).getLong(6) >>> 16)
                            .isEqualTo(mac(B0)));
        }
    }

    /** To one of the interfaces, where there is none without a VPN-ID: its kernel may know. */
    @Test
    void shouldGiveAQuestionThatNobodyIsKnownToAnswerToTheInterfaceWithoutAVpnId() {
        List<byte[]> frames = List.of(arp(ALL, 1, LEFT, OWN + 9));
        try (VpnRig rig = new VpnRig(frames, List.of())) {
            rig.run();
            assertThat(rig.dataplane.punts.interfaces).hasSize(1).isSubsetOf(Set.of(R0, B0));
        }
        try (VpnRig rig = new VpnRig(frames, List.of())) {
            rig.addPlain();
            for (int id : new int[] {B0, PLAIN}) {
                rig.dataplane
                        .proxy
                        .tables()
                        .addInterfaceAddress(20, id, AddressFamily.IPV4, 0, OWN + 9, AddressUse.ANSWER);
            }
            rig.dataplane.settle();
            rig.run();
            assertThat(rig.dataplane.punts.interfaces).containsExactly(PLAIN);
        }
    }

    @Test
    void shouldPuntWhatIsForTheRouterItselfByItsInterface() {
        byte[] expiring = TestFrames.ethernet(mac(R0), HOST, 0x0800, VpnRig.packet(RED_OPTION, VpnRig.FAR_RIGHT, 1, 8));
        byte[] group = TestFrames.ethernet(
                0x01005e000005L, HOST, 0x0800, TestFrames.ipv4(BLUE_OPTION, LEFT, 0xe0000005, 1, 8));
        byte[] beside = TestFrames.ethernet(
                mac(R0),
                HOST,
                0x0800,
                VpnRig.packet(GrePacket.with(RED_OPTION, new byte[] {(byte) 0x94, 4, 0, 0}), FAR_LEFT, 64, 8));
        try (VpnRig rig = received(expiring, group, beside)) {
            assertThat(rig.dataplane.punts.interfaces).containsExactlyInAnyOrder(R0, B0, R0);
            assertThat(rig.dataplane.punts.reasons)
                    .containsExactlyInAnyOrder(
                            PuntReason.TTL_EXPIRED.code(), PuntReason.LINK_MULTICAST.code(), PuntReason.OPTIONS.code());
        }
    }

    @Test
    void shouldRefuseByFieldWhatIsThereOrCannotChange() {
        try (VpnRig rig = new VpnRig(List.of(), List.of())) {
            var topology = rig.dataplane.proxy.topology();
            topology.addInterface(20, VpnRig.left(20, BLUE).vns(VnsOption.EXPERIMENTAL, RED_ID));
            topology.addInterface(21, VpnRig.left(R0, RED));
            topology.addInterface(22, VpnRig.left(R0, RED).vns(VnsOption.STREAM_ID, 9));
            topology.addInterface(
                    23, VpnRig.left(20, BLUE).vns(VnsOption.EXPERIMENTAL, 9).mtuBytes(1493));
            topology.addInterface(
                    24,
                    VpnRig.left(20, BLUE)
                            .vns(VnsOption.EXPERIMENTAL, BLUE_ID + 1)
                            .mtuBytes(1492));
            rig.dataplane.conduct();

            assertThat(rig.dataplane.events.refusals)
                    .satisfiesExactly(
                            refusal -> assertThat(refusal)
                                    .contains("tunnelKey: port, VLAN and VPN-ID already belong to interface 10"),
                            refusal -> assertThat(refusal).contains("vnsOption: interface 10 exists with another"),
                            refusal -> assertThat(refusal).contains("tunnelKey: interface 10 exists with another"),
                            refusal -> assertThat(refusal).contains("mtu: the port and the packet buffers allow"));
        }
    }
}
