package io.vireo.dataplane.encapsulation.substrate;

import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.BACK;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.EAST;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.END;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.MTU;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.RED;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.TRANSIT;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.WEST;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.atEast;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.atWest;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.outOfEast;
import static io.vireo.dataplane.encapsulation.substrate.CrossingRig.outOfWest;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.RecordedCaptures.Captured;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual links that only cross a node: what comes in by one substrate link leaves by another, and no router sees it. */
class CrossingTest {
    private static final int ANY = -1;
    private static final int NOBODY = -1;
    private static final byte[] PACKET = TestFrames.ipv4(0x0a000001, 0x0a000002, 64, 9);

    private static CrossingRig ran(List<byte[]> onPort0, List<byte[]> onPort1) {
        CrossingRig rig = new CrossingRig(onPort0, onPort1);
        rig.run();
        return rig;
    }

    @Test
    void shouldCrossBothWaysWithTheOtherLinksHeaderAndIdentifier() {
        try (CrossingRig rig =
                ran(List.of(atWest(PACKET).bytes()), List.of(atEast(PACKET).bytes()))) {
            assertThat(rig.dataplane.sent(1)).containsExactly(outOfEast(PACKET).bytes());
            assertThat(rig.dataplane.sent(0)).containsExactly(outOfWest(PACKET).bytes());
        }
    }

    /** No header of the packet inside is looked at: neither TTL, checksum nor protocol, and what Ethernet padded is cut off. */
    @Test
    void shouldCarryWhateverIsInsideAsItCame() {
        byte[] lastHop = TestFrames.ipv4(0x0a000001, 0x7f000001, 1, 3);
        byte[] broken = TestFrames.with(PACKET, 10, 0x55);
        SubstrateFrame unknown = atWest(PACKET).carrying(0x1234, new byte[] {0x45});
        try (CrossingRig rig = ran(
                List.of(
                        TestFrames.resized(atWest(lastHop).bytes(), 64),
                        atWest(broken).bytes(),
                        TestFrames.resized(unknown.bytes(), 60)),
                List.of())) {
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            outOfEast(lastHop).bytes(),
                            outOfEast(broken).bytes(),
                            outOfEast(PACKET)
                                    .carrying(0x1234, new byte[] {0x45})
                                    .bytes());
            assertThat(rig.dataplane.punts.frames).isEmpty();
        }
    }

    @Test
    void shouldCountFramesAsTheyAreOnTheWire() {
        byte[] in = TestFrames.resized(atWest(PACKET).bytes(), 100);
        try (CrossingRig rig = ran(List.of(in), List.of())) {
            var west = rig.dataplane.statistics().interfaceCounts(WEST);
            var east = rig.dataplane.statistics().interfaceCounts(EAST);
            var router = rig.dataplane.statistics().routerCounts(TRANSIT);
            assertThat(List.of(west.rxPackets(), west.rxBytes(), west.txPackets()))
                    .containsExactly(1L, 100L, 0L);
            assertThat(List.of(east.txPackets(), east.txBytes(), east.rxPackets()))
                    .containsExactly(1L, 14L + 8 + PACKET.length, 0L);
            assertThat(List.of(router.rxPackets(), router.txPackets())).containsExactly(1L, 1L);
        }
    }

    /** Random frames of four substrate links, on two ports: where each leaves, and as what, a map says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldDoWithEachFrameWhatASlowReadingSays(long seed) {
        Random random = new Random(seed);
        Map<SubstrateFrame, SubstrateFrame> links = new HashMap<>();
        links.put(key(atWest(PACKET)), outOfEast(PACKET));
        links.put(key(atEast(PACKET)), outOfWest(PACKET));
        links.put(key(0, CrossingRig.PEER, CrossingRig.LOW_TAG, CrossingRig.ID), at(CrossingRig.OTHER, BACK));
        links.put(key(0, CrossingRig.OTHER, CrossingRig.BACK_TAG, CrossingRig.BACK_ID), at(CrossingRig.PEER, LOW));
        List<List<byte[]>> in = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<byte[]>> out = List.of(new ArrayList<>(), new ArrayList<>());
        List<SubstrateFrame> known = List.copyOf(links.keySet());
        for (int n = 0; n < 3_000; n++) {
            SubstrateFrame key = known.get(random.nextInt(known.size()));
            byte[] content = new byte[1 + random.nextInt(MTU + 20)];
            random.nextBytes(content);
            int id = random.nextInt(8) == 0 ? key.id() + 1 : key.id();
            int port = key.destination() == CrossingRig.EAST_OWN ? 1 : 0;
            SubstrateFrame link = links.get(key(port, key.source(), key.tag(), id));
            int protocol = random.nextInt(1 << 16);
            in.get(port).add(withLink(key, id).carrying(protocol, content).bytes());
            if (link != null && content.length <= MTU) {
                int outPort = link.source() == CrossingRig.EAST_OWN ? 1 : 0;
                out.get(outPort).add(link.carrying(protocol, content).bytes());
            }
        }
        try (CrossingRig rig = ran(in.get(0), in.get(1))) {
            for (int port = 0; port < 2; port++) {
                assertThat(rig.dataplane.sent(port))
                        .usingElementComparator(java.util.Arrays::compare)
                        .containsExactlyInAnyOrderElementsOf(out.get(port));
            }
        }
    }

    private static final int LOW = CrossingRig.LOW;

    private static SubstrateFrame at(long far, int end) {
        boolean isBack = end == BACK;
        return SubstrateFrame.of(
                far,
                CrossingRig.OWN,
                isBack ? CrossingRig.BACK_TAG : CrossingRig.LOW_TAG,
                isBack ? CrossingRig.BACK_ID : CrossingRig.ID,
                PACKET);
    }

    private static SubstrateFrame withLink(SubstrateFrame key, int id) {
        return SubstrateFrame.of(key.destination(), key.source(), key.tag(), id, PACKET);
    }

    private static SubstrateFrame key(SubstrateFrame frame) {
        return key(
                frame.destination() == CrossingRig.EAST_OWN ? 1 : 0,
                frame.source(),
                frame.tag() == SubstrateFrame.UNTAGGED ? frame.tag() : frame.tag() & 0xfff,
                frame.id());
    }

    private static SubstrateFrame key(int port, long source, int tag, int id) {
        return SubstrateFrame.of(port == 1 ? CrossingRig.EAST_OWN : CrossingRig.OWN, source, tag, id, PACKET);
    }

    @Test
    void shouldCrossAsScapySays(@TempDir Path directory) throws Exception {
        ScapyScript.run(CrossingTest.class, "substrate.py", directory, 2006, 300);
        List<byte[]> in = Pcap.read(directory.resolve("cross-in.pcap"));
        List<byte[]> expected = Pcap.read(directory.resolve("cross-expected.pcap"));
        try (CrossingRig rig = ran(in, List.of())) {
            assertThat(expected).hasSize(300);
            assertThat(rig.dataplane.sent(1))
                    .usingElementComparator(java.util.Arrays::compare)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void shouldDropWhatIsTooLongForTheLink() {
        byte[] longest = new byte[MTU];
        longest[0] = 0x45;
        byte[] tooLong = TestFrames.resized(longest, MTU + 1);
        try (CrossingRig rig =
                ran(List.of(atWest(longest).bytes(), atWest(tooLong).bytes()), List.of())) {
            assertThat(rig.dataplane.sent(1)).containsExactly(outOfEast(longest).bytes());
            assertThat(rig.dataplane.drops(TRANSIT, DropReason.TOO_BIG)).isEqualTo(1);
            assertThat(rig.dataplane.sent(0)).isEmpty();
        }
    }

    @Test
    void shouldTakeOnlyWhatTheFarEndSendsToThisNode() {
        try (CrossingRig rig = ran(
                List.of(
                        SubstrateFrame.of(CrossingRig.OWN + 1, CrossingRig.PEER, 30, CrossingRig.ID, PACKET)
                                .bytes(),
                        SubstrateFrame.of(CrossingRig.OWN, CrossingRig.PEER + 9, 30, CrossingRig.ID, PACKET)
                                .bytes(),
                        SubstrateFrame.of(CrossingRig.OWN, CrossingRig.PEER, 30, 3, PACKET)
                                .bytes(),
                        atWest(PACKET).saying(0x10, PACKET.length).bytes(),
                        atWest(PACKET).saying(0, PACKET.length + 1).bytes()),
                List.of())) {
            assertThat(rig.dataplane.drops(TRANSIT, DropReason.WRONG_MAC)).isEqualTo(1);
            assertThat(rig.dataplane.drops(NOBODY, DropReason.SUBSTRATE_SENDER)).isEqualTo(1);
            assertThat(rig.dataplane.drops(NOBODY, DropReason.TUNNEL_KEY)).isEqualTo(1);
            assertThat(rig.dataplane.drops(NOBODY, DropReason.TUNNEL_MALFORMED)).isEqualTo(2);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldSayWhyNothingCrossesWhileAnEndIsAwayOrDown() {
        try (CrossingRig rig = new CrossingRig(
                List.of(atWest(PACKET).bytes()), List.of(atEast(PACKET).bytes()))) {
            rig.dataplane.proxy.topology().setInterfaceState(9, EAST, false);
            rig.run();
            assertThat(rig.dataplane.drops(TRANSIT, DropReason.EGRESS_DOWN)).isEqualTo(1);
            assertThat(rig.dataplane.drops(TRANSIT, DropReason.INTERFACE_DOWN)).isEqualTo(1);
        }
        try (CrossingRig rig = new CrossingRig(List.of(atWest(PACKET).bytes()), List.of())) {
            rig.dataplane.proxy.topology().removeInterface(9, EAST);
            rig.run();
            assertThat(rig.dataplane.drops(TRANSIT, DropReason.LINK_PEER_MISSING))
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldComeBackWithAnotherIdentifier() {
        InterfaceSpec other = CrossingRig.east()
                .substrate(1, 0, CrossingRig.EAST_OWN, CrossingRig.OTHER, 99, SubstrateFrame.ETHER_TYPE, 0)
                .crossesTo(WEST);
        try (CrossingRig rig = new CrossingRig(List.of(atWest(PACKET).bytes()), List.of())) {
            rig.dataplane.proxy.topology().removeInterface(9, EAST);
            rig.dataplane.proxy.topology().addInterface(9, other);
            rig.run();
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(SubstrateFrame.of(
                                    CrossingRig.OTHER, CrossingRig.EAST_OWN, SubstrateFrame.UNTAGGED, 99, PACKET)
                            .bytes());
        }
    }

    private static String refusal(InterfaceSpec spec) {
        try (CrossingRig rig = new CrossingRig(List.of(), List.of())) {
            rig.dataplane.proxy.topology().addInterface(9, spec);
            rig.dataplane.conduct();
            return String.join(", ", rig.dataplane.events.refusals);
        }
    }

    @Test
    void shouldRefuseAnEndThatIsNotTheOthers() {
        InterfaceSpec third = CrossingRig.east()
                .id(30, TRANSIT)
                .substrate(1, 0, CrossingRig.EAST_OWN, CrossingRig.OTHER, 3, SubstrateFrame.ETHER_TYPE, 0);
        assertThat(refusal(third.crossesTo(WEST))).contains("peerInterfaceId: already the other end of interface 21");
        assertThat(refusal(third.crossesTo(END)))
                .contains("peerInterfaceId: interface 24 is not the other end of this link");
        assertThat(refusal(CrossingRig.west().crossesTo(BACK)))
                .contains("peerInterfaceId: interface 20 exists with another value; remove it first");
        assertThat(refusal(CrossingRig.west().crossesTo(InterfaceSpec.NONE))).contains("peerInterfaceId");
        assertThat(refusal(CrossingRig.west().mtuBytes(1300))).isEmpty();
    }

    @Test
    void shouldKeepTheNumberOfAnEndThatIsAwayForThatEnd() {
        InterfaceSpec plain = CrossingRig.east().crossesTo(InterfaceSpec.NONE);
        try (CrossingRig rig = new CrossingRig(List.of(), List.of())) {
            rig.dataplane.proxy.topology().removeInterface(9, EAST);
            rig.dataplane.proxy.topology().addInterface(9, plain);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.refusals.toString()).contains("interface 20 expects a link's end here");
            rig.dataplane.events.refusals.clear();
            rig.dataplane.proxy.topology().removeInterface(9, WEST);
            rig.dataplane.proxy.topology().addInterface(9, plain);
            rig.dataplane.settle();
        }
    }

    @Test
    void shouldShowBothSidesToCaptures() {
        try (CrossingRig rig = new CrossingRig(List.of(atWest(PACKET).bytes()), List.of())) {
            rig.dataplane.proxy.startCapture(6, 0, ANY, ANY, 65_535, 1_000);
            rig.run();
            assertThat(rig.dataplane.captures.all)
                    .extracting(Captured::direction)
                    .containsExactly(Direction.RECEIVED, Direction.SENT);
            assertThat(rig.dataplane.captures.all.getLast().frame())
                    .isEqualTo(TestFrames.ethernet(CrossingRig.OTHER, CrossingRig.EAST_OWN, 0x0800, PACKET));
        }
    }

    /** The operator says what is inside; the trace puts the substrate link's headers before it. */
    @Test
    void shouldTraceAPacketThroughTheCrossing() {
        byte[] frame = TestFrames.ethernet(1, 2, 0x0800, PACKET);
        try (CrossingRig rig = new CrossingRig(List.of(), List.of())) {
            rig.dataplane.injectWriter(0).trace(77, WEST, new UnsafeBuffer(frame), 0, frame.length);
            rig.run();
            assertThat(rig.dataplane.punts.ends).containsExactly("7 TRANSMIT -1 " + EAST);
            assertThat(rig.dataplane.punts.steps)
                    .contains("CHECK CONTINUE -1 20 -1", "CLASSIFY CONTINUE -1 20 -1", "MODIFY CONTINUE -1 20 21");
            assertThat(rig.dataplane.punts.tracedFrames.getFirst())
                    .isEqualTo(SubstrateFrame.of(CrossingRig.OWN, CrossingRig.PEER, 30, CrossingRig.ID, PACKET)
                            .bytes());
            assertThat(rig.dataplane.punts.tracedFrames.getLast())
                    .isEqualTo(outOfEast(PACKET).bytes());
            assertThat(rig.dataplane.statistics().interfaceCounts(WEST).rxPackets())
                    .isZero();
            assertThat(rig.dataplane.drops(RED, DropReason.NO_ROUTE)).isZero();
        }
    }
}
