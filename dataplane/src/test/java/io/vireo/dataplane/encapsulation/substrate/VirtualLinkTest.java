package io.vireo.dataplane.encapsulation.substrate;

import static io.vireo.dataplane.encapsulation.substrate.SubstrateFrame.ETHER_TYPE;
import static io.vireo.dataplane.encapsulation.substrate.SubstrateFrame.UNTAGGED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.BLUE;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.BLUE_LINK;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.FAR_SHARED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.ID;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.MTU;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.NEAR;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.OTHER;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.OWN;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.PEER;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.PLAIN;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.RED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.RED_LINK;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.RED_TAG;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.SHARED;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.VLAN;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.fromHost;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.link;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.mac;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toFar;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toFar6;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toHost;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toNear;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toNear6;
import static io.vireo.dataplane.encapsulation.substrate.VirtualLinkRig.toRed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.RecordedCaptures.Captured;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual links in frames of a port: what leaves, what comes in, and what does not. */
class VirtualLinkTest {
    private static final int NOBODY = -1;
    private static final int ANY = -1;
    private static final long FAR_IN_RED = 0x0a630009L;

    private static VirtualLinkRig sent(byte[]... fromHost) {
        VirtualLinkRig rig = new VirtualLinkRig(List.of(fromHost), List.of());
        rig.run();
        return rig;
    }

    private static VirtualLinkRig received(byte[]... fromSubstrate) {
        VirtualLinkRig rig = new VirtualLinkRig(List.of(), List.of(fromSubstrate));
        rig.run();
        return rig;
    }

    @Test
    void shouldSendInAFrameWithIdentifierLengthAndPriority() {
        try (VirtualLinkRig rig =
                sent(fromHost(RED, toFar(64, 3)), fromHost(BLUE, toFar(64, 5)), fromHost(RED, toFar6(64, 30)))) {
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            SubstrateFrame.of(PEER, OWN, RED_TAG, ID, toFar(63, 3))
                                    .bytes(),
                            SubstrateFrame.of(OTHER, OWN, VLAN, ID, toFar(63, 5))
                                    .bytes(),
                            SubstrateFrame.of(PEER, OWN, RED_TAG, ID, toFar6(63, 30))
                                    .bytes());
        }
    }

    @Test
    void shouldSendWithoutTagWhereThereIsNeitherVlanNorPriority() {
        byte[] packet = TestFrames.ipv4(NEAR, FAR_SHARED, 64, 8);
        byte[] onItsWay = TestFrames.ipv4(NEAR, FAR_SHARED, 63, 8);
        try (VirtualLinkRig rig = sent(fromHost(BLUE, packet))) {
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            SubstrateFrame.of(PEER, OWN, UNTAGGED, ID, onItsWay).bytes());
        }
    }

    /** The same identifier on three substrate links: of different senders on one VLAN, and of one sender with and without VLAN. */
    @Test
    void shouldScopeIdentifiersByTheSubstrateLink() {
        try (VirtualLinkRig rig = received(
                toRed(toNear(64, 1)).bytes(),
                SubstrateFrame.of(OWN, OTHER, VLAN, ID, toNear(64, 2)).bytes(),
                SubstrateFrame.of(OWN, PEER, UNTAGGED, ID, toNear(64, 3)).bytes(),
                toRed(toNear6(64, 4)).bytes())) {
            assertThat(rig.received(RED_LINK)).isEqualTo(2);
            assertThat(rig.received(BLUE_LINK)).isEqualTo(1);
            assertThat(rig.received(SHARED)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(
                            toHost(RED, toNear(63, 1)),
                            toHost(BLUE, toNear(63, 2)),
                            toHost(BLUE, toNear(63, 3)),
                            toHost(RED, toNear6(63, 4)));
        }
    }

    @Test
    void shouldCountFramesAsTheyAreOnTheWireBothWays() {
        byte[] in = TestFrames.resized(toRed(toNear(64, 1)).bytes(), 60);
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(fromHost(RED, toFar(64, 3))), List.of(in))) {
            rig.run();
            var counts = rig.dataplane.statistics().interfaceCounts(RED_LINK);
            assertThat(counts.rxBytes()).isEqualTo(60);
            assertThat(counts.txBytes()).isEqualTo(18 + 8 + 23);
            assertThat(counts.txPackets()).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(toHost(RED, toNear(63, 1)));
        }
    }

    @Test
    void shouldTakeOnlyWhatTheFarEndSends() {
        byte[] packet = toNear(64, 8);
        try (VirtualLinkRig rig = received(
                SubstrateFrame.of(OWN, PEER + 9, RED_TAG, ID, packet).bytes(),
                SubstrateFrame.of(OWN, PEER, VLAN + 1, ID, packet).bytes(),
                SubstrateFrame.of(OWN, OTHER, UNTAGGED, ID, packet).bytes(),
                SubstrateFrame.of(OWN, PEER, VLAN, ID + 1, packet).bytes(),
                SubstrateFrame.of(OWN + 1, PEER, VLAN, ID, packet).bytes(),
                SubstrateFrame.of(0xffff_ffff_ffffL, PEER, VLAN, ID, packet).bytes())) {
            assertThat(rig.dataplane.drops(NOBODY, DropReason.SUBSTRATE_SENDER)).isEqualTo(3);
            assertThat(rig.dataplane.drops(NOBODY, DropReason.TUNNEL_KEY)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.WRONG_MAC)).isEqualTo(2);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    @Test
    void shouldDropWhatItDoesNotUnderstand() {
        SubstrateFrame frame = toRed(toNear(64, 8));
        try (VirtualLinkRig rig = received(
                frame.saying(0x10, 28).bytes(),
                frame.saying(0x01, 28).bytes(),
                frame.saying(0, 29).bytes(),
                frame.saying(0, 0).bytes(),
                TestFrames.resized(frame.bytes(), 18 + 7),
                TestFrames.resized(frame.bytes(), 18 + 8),
                frame.carrying(0x0806, new byte[28]).bytes(),
                frame.carrying(ETHER_TYPE, frame.bytes()).bytes())) {
            assertThat(rig.dataplane.drops(NOBODY, DropReason.TUNNEL_MALFORMED)).isEqualTo(6);
            assertThat(rig.dataplane.drops(RED, DropReason.TUNNEL_PAYLOAD)).isEqualTo(2);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    /** The packet inside is checked like any other, by the bytes that the header says are its. */
    @Test
    void shouldCheckWhatIsInside() {
        byte[] sound = toNear(64, 8);
        try (VirtualLinkRig rig = received(
                toRed(TestFrames.with(sound, 10, sound[10] + 1)).bytes(),
                toRed(sound).saying(0, 27).bytes(),
                toRed(toNear(1, 8)).bytes())) {
            assertThat(rig.dataplane.drops(RED, DropReason.IPV4_BAD_CHECKSUM)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.IPV4_TRUNCATED)).isEqualTo(1);
            assertThat(rig.dataplane.punts.frames).hasSize(1);
            assertThat(rig.received(RED_LINK)).isEqualTo(3);
        }
    }

    @Test
    void shouldHandUpWhatIsInsideInAFrameOfTheInterface() {
        byte[] packet = toNear(64, 8);
        byte[] padded = TestFrames.resized(toRed(packet).bytes(), 90);
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(), List.of(padded))) {
            rig.local(RED, NEAR);
            rig.run();
            assertThat(rig.dataplane.punts.interfaces).containsExactly(RED_LINK);
            assertThat(rig.dataplane.punts.frames)
                    .usingElementComparator(java.util.Arrays::compare)
                    .containsExactly(TestFrames.ethernet(mac(RED_LINK), 0, 0x0800, packet));
        }
    }

    @Test
    void shouldSendWhatTheKernelSends() {
        byte[] frame = TestFrames.ethernet(PEER, mac(RED_LINK), 0x0800, toFar(9, 3));
        try (VirtualLinkRig rig = sent()) {
            rig.dataplane.injectWriter(0).inject(RED_LINK, new UnsafeBuffer(frame), 0, frame.length);
            rig.run();
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(SubstrateFrame.of(PEER, OWN, RED_TAG, ID, toFar(9, 3))
                            .bytes());
        }
    }

    @Test
    void shouldNeitherSendNorTakeAnythingWhileItIsDown() {
        try (VirtualLinkRig rig = new VirtualLinkRig(
                List.of(fromHost(RED, toFar(64, 3))),
                List.of(toRed(toNear(64, 1)).bytes()))) {
            rig.dataplane.proxy.topology().setInterfaceState(9, RED_LINK, false);
            rig.run();
            assertThat(rig.dataplane.drops(RED, DropReason.INTERFACE_DOWN)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.EGRESS_DOWN)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldTakeNothingOnceItIsRemovedAndSparePlainFramesAllAlong() {
        byte[] plain = TestFrames.ethernet(mac(PLAIN), PEER, 0x0800, toNear(64, 1));
        try (VirtualLinkRig rig =
                new VirtualLinkRig(List.of(), List.of(toRed(toNear(64, 1)).bytes(), plain))) {
            for (int id : new int[] {SHARED, RED_LINK, BLUE_LINK}) {
                rig.dataplane.proxy.topology().removeInterface(9, id);
            }
            rig.run();
            assertThat(rig.dataplane.drops(NOBODY, DropReason.NO_INTERFACE)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).containsExactly(toHost(RED, toNear(63, 1)));
        }
    }

    /** What stood for a sender is gone: its other virtual links are still its own. */
    @Test
    void shouldStillKnowASenderOfWhichOneLinkIsRemoved() {
        byte[] other = SubstrateFrame.of(OWN, PEER, VLAN, 8, toNear(64, 1)).bytes();
        byte[] unknown = SubstrateFrame.of(OWN, PEER, VLAN, 9, toNear(64, 1)).bytes();
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(), List.of(other, unknown))) {
            rig.dataplane.proxy.topology().addInterface(9, link(20, RED, VLAN, PEER, 8, 0));
            rig.dataplane.proxy.topology().removeInterface(9, RED_LINK);
            rig.run();
            assertThat(rig.received(20)).isEqualTo(1);
            assertThat(rig.dataplane.drops(NOBODY, DropReason.TUNNEL_KEY)).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerWhatIsTooLong() {
        byte[] packet = toFar(64, MTU + 1 - 20);
        byte[] longest = toFar(64, MTU - 20);
        try (VirtualLinkRig rig = sent(fromHost(RED, packet), fromHost(RED, longest))) {
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(SubstrateFrame.of(PEER, OWN, RED_TAG, ID, toFar(63, MTU - 20))
                            .bytes());
            assertThat(rig.dataplane.punts.frames).hasSize(1);
        }
    }

    /** Recursion: what another tunnel makes of a packet goes by a virtual link like any other packet of its underlay. */
    @Test
    void shouldCarryTunnels() {
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(fromHost(BLUE, toFar(64, 8))), List.of())) {
            rig.dataplane
                    .proxy
                    .topology()
                    .addInterface(
                            9, TestInterfaces.tunnel(30, BLUE, RED, AddressFamily.IPV4, 0, NEAR, 0, FAR_IN_RED, "t"));
            rig.route(BLUE, VirtualLinkRig.FAR, 30, 0);
            rig.run();
            byte[] sent = rig.dataplane.sent(1).getFirst();
            SubstrateFrame frame = SubstrateFrame.read(sent);
            assertThat(frame.length()).isEqualTo(20 + 28);
            assertThat(frame.packet()).endsWith(toFar(63, 8));
            assertThat(frame.id()).isEqualTo(ID);
        }
    }

    @Test
    void shouldShowWhatIsInsideToCapturesBothWays() {
        try (VirtualLinkRig rig = new VirtualLinkRig(
                List.of(fromHost(RED, toFar(64, 3))),
                List.of(toRed(toNear(64, 1)).bytes()))) {
            rig.dataplane.proxy.startCapture(6, 0, RED_LINK, ANY, 65_535, 1_000);
            rig.run();
            assertThat(rig.dataplane.captures.all)
                    .extracting(Captured::direction)
                    .containsExactlyInAnyOrder(Direction.RECEIVED, Direction.SENT);
            for (Captured captured : rig.dataplane.captures.all) {
                assertThat(captured.frame())
                        .isEqualTo(
                                captured.direction() == Direction.SENT
                                        ? TestFrames.ethernet(PEER, OWN, 0x0800, toFar(63, 3))
                                        : TestFrames.ethernet(mac(RED_LINK), 0, 0x0800, toNear(64, 1)));
            }
        }
    }

    private static String refusal(InterfaceSpec spec) {
        try (VirtualLinkRig rig = new VirtualLinkRig(List.of(), List.of())) {
            rig.dataplane.proxy.topology().addInterface(9, spec);
            rig.dataplane.conduct();
            return String.join(", ", rig.dataplane.events.refusals);
        }
    }

    private static InterfaceSpec changed(UnaryOperator<InterfaceSpec> change) {
        return change.apply(link(RED_LINK, RED, VLAN, PEER, ID, 5));
    }

    @Test
    void shouldRefuseWhatIsThereAlready() {
        assertThat(refusal(link(20, BLUE, VLAN, PEER, ID, 0)))
                .contains(
                        "virtualLinkId: interface 12 has this identifier on the same port and VLAN from the same sender");
        assertThat(refusal(link(20, BLUE, VLAN, PEER, ID + 1, 0).mtuBytes(1493)))
                .contains("mtu: the port and the packet buffers allow at most 1492");
        assertThat(refusal(link(20, BLUE, 0, 0, 0, 0).substrate(1, 9, OWN, PEER, 3, 0x88b6, 0)))
                .contains("etherType: 3 virtual links have another one; all have the same");
    }

    @ParameterizedTest
    @ValueSource(strings = {"portId", "vlan", "localMac", "peerMac", "virtualLinkId", "etherType", "vlanPriority"})
    void shouldRefuseToChange(String field) {
        assertThat(refusal(changed(spec -> spec.substrate(
                        field.equals("portId") ? 0 : 1,
                        field.equals("vlan") ? 31 : VLAN,
                        field.equals("localMac") ? OWN + 9 : OWN,
                        field.equals("peerMac") ? PEER + 9 : PEER,
                        field.equals("virtualLinkId") ? 4 : ID,
                        field.equals("etherType") ? 0x88b6 : ETHER_TYPE,
                        field.equals("vlanPriority") ? 4 : 5))))
                .contains(field + ": interface 12 exists with another value; remove it first");
    }

    @Test
    void shouldTakeTheSameOnceMoreWithAnotherMtu() {
        assertThat(refusal(changed(spec -> spec.mtuBytes(1300)))).isEmpty();
    }
}
