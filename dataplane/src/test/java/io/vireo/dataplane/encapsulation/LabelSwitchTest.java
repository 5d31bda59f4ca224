package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.LabelRig.entry;
import static io.vireo.dataplane.encapsulation.LabelRig.frame;
import static io.vireo.dataplane.encapsulation.LabelRig.label;
import static io.vireo.dataplane.encapsulation.LabelRig.packet;
import static io.vireo.dataplane.encapsulation.LabelRig.sent;
import static io.vireo.dataplane.encapsulation.LabelRig.sentPacket;
import static io.vireo.dataplane.encapsulation.LabelRig.swap;
import static io.vireo.dataplane.encapsulation.LabelRig.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router does with labels that it knows (RFC 3031, RFC 3032, RFC 3443), frame by frame. */
class LabelSwitchTest {
    private static final int IPV4_NULL = 0;
    private static final int ROUTER_ALERT = 1;
    private static final int IPV6_NULL = 2;
    private static final int ENTROPY_INDICATOR = 7;
    private static final byte[] PACKET = packet(64);
    private static final byte[] PACKET6 = TestFrames.ipv6(0x20010db8_00000000L, 1, 0x20010db8_00010000L, 2, 17, 33, 40);

    private static void assertSent(LabelSpec spec, NextHops via, byte[] comes, byte[] leaves) {
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(spec, via);
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(leaves);
        }
    }

    private static void assertDropped(LabelSpec spec, NextHops via, DropReason reason, byte[] comes) {
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(spec, via);
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, reason)).isEqualTo(1);
            assertThat(rig.dataplane.buffersInUse()).isZero();
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @Test
    void shouldSwap() {
        assertSent(swap(100, 200), via(1), frame(entry(100, true, 64), PACKET), sent(1, entry(200, true, 63), PACKET));
    }

    @Test
    void shouldSwapTheOutermostOnly() {
        assertSent(
                swap(100, 1_048_575),
                via(2),
                frame(entry(100, false, 9), entry(100, true, 3), PACKET),
                sent(2, entry(1_048_575, false, 8), entry(100, true, 3), PACKET));
    }

    @Test
    void shouldPutAStackInItsPlace() {
        assertSent(
                swap(100, 200, 300, 400),
                via(1),
                frame(entry(100, true, 64), PACKET),
                sent(1, entry(200, false, 63), entry(300, false, 63), entry(400, true, 63), PACKET));
    }

    @Test
    void shouldGivePushedLabelsATtlOfTheirOwnInAPipe() {
        assertSent(
                swap(100, 200, 300).uniform(false),
                via(1),
                frame(entry(100, false, 64), entry(50, true, 7), PACKET),
                sent(1, entry(200, false, 255), entry(300, false, 63), entry(50, true, 7), PACKET));
    }

    @Test
    void shouldPutAsManyLabelsInItsPlaceAsThereAre() {
        int[] out = IntStream.range(0, LabelSpec.MAX_OUT).map(n -> 500 + n).toArray();
        byte[][] parts = new byte[out.length + 1][];
        for (int n = 0; n < out.length; n++) {
            parts[n] = entry(out[n], n == out.length - 1, 63);
        }
        parts[out.length] = PACKET;
        assertSent(swap(100, out), via(1), frame(entry(100, true, 64), PACKET), sent(1, parts));
    }

    @Test
    void shouldKeepWhatIsNoIpAsItIs() {
        byte[] pseudowire = new byte[60];
        assertSent(
                swap(100, 200),
                via(1),
                frame(entry(100, true, 64), pseudowire),
                sent(1, entry(200, true, 63), pseudowire));
    }

    @ParameterizedTest
    @CsvSource({"true, 64, 9, 9", "true, 9, 64, 8", "false, 9, 64, 64", "false, 64, 9, 9"})
    void shouldPopALabelAboveAnother(boolean isUniform, int outer, int inner, int leaves) {
        assertSent(
                label(100).uniform(isUniform),
                via(1),
                frame(entry(100, false, outer), entry(50, true, inner), PACKET),
                sent(1, entry(50, true, leaves), PACKET));
    }

    @ParameterizedTest
    @CsvSource({"true, 64, 9, 9", "true, 9, 64, 8", "false, 9, 64, 64"})
    void shouldPopTheLastLabelForTheNextHop(boolean isUniform, int outer, int inner, int leaves) {
        assertSent(
                label(100).uniform(isUniform),
                via(1),
                frame(entry(100, true, outer), packet(inner), new byte[6]), // what Ethernet pads stays here
                sentPacket(1, packet(leaves)));
    }

    @Test
    void shouldPopTheLastLabelOfIpv6() {
        assertSent(
                label(100),
                via(1),
                frame(entry(100, true, 20), PACKET6),
                sentPacket(1, TestFrames.with(PACKET6, 7, 19)));
    }

    @Test
    void shouldLookAPacketUpItselfWhoseLabelItTakesOff() {
        assertSent(
                label(100).local(LabelSpec.NO_INTERFACE),
                NextHops.NONE,
                frame(entry(100, true, 20), packet(64)),
                sentPacket(1, packet(19)));
    }

    @Test
    void shouldLookTheNextLabelUpItself() {
        try (LabelRig rig = new LabelRig(
                List.of(frame(entry(100, false, 20), entry(101, false, 30), entry(5000, true, 7), PACKET)))) {
            rig.add(label(100).local(LabelSpec.NO_INTERFACE));
            rig.add(swap(101, 201), via(1));
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(sent(1, entry(201, false, 19), entry(5000, true, 7), PACKET));
        }
    }

    @Test
    void shouldHaveTheRouterOfAVpnGoOn() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 64), packet(9))))) {
            rig.add(label(100).local(LabelRig.VPN));
            rig.dataplane.run();
            assertThat(rig.dataplane
                            .statistics()
                            .routerCounts(LabelRig.VPN_ROUTER)
                            .txPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(2))
                    .containsExactly(TestFrames.ethernet(LabelRig.HOST, LabelRig.MAC_VPN, 0x0800, packet(8)));
        }
    }

    /** Its kernel gets it by its own interface, and nobody else does. */
    @Test
    void shouldPuntWhatIsForTheVpnsRouterToThatOne() {
        byte[] comes = frame(entry(100, true, 1), packet(9));
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(label(100).local(LabelRig.VPN));
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.interfaces).containsExactly(LabelRig.VPN);
            assertThat(rig.dataplane.punts.reasons).containsExactly(PuntReason.TTL_EXPIRED.code());
            assertThat(rig.dataplane.punts.frames)
                    .containsExactly(TestFrames.ethernet(LabelRig.MAC_VPN, 0, 0x0800, packet(1)));
        }
    }

    @Test
    void shouldTakeNoLabelUnderneathThatOfAVpn() {
        byte[] comes = frame(entry(100, false, 64), entry(101, true, 64), PACKET);
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(label(100).local(LabelRig.VPN));
            rig.add(swap(101, 201), via(1));
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.TUNNEL_PAYLOAD))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {IPV4_NULL, IPV6_NULL})
    void shouldTakeExplicitNullsOff(int label) {
        try (LabelRig rig = new LabelRig(List.of(
                frame(entry(label, true, 20), packet(64)),
                frame(entry(label, false, 20), entry(100, true, 9), PACKET)))) {
            rig.add(swap(100, IPV4_NULL), via(1));
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1))
                    .containsExactlyInAnyOrder(sentPacket(1, packet(19)), sent(1, entry(IPV4_NULL, true, 8), PACKET));
        }
    }

    @Test
    void shouldTakeAnEntropyLabelOffWithItsIndicator() {
        byte[] indicator = entry(ENTROPY_INDICATOR, false, 0);
        try (LabelRig rig = new LabelRig(List.of(
                frame(indicator, entry(77_777, true, 0), packet(64)),
                frame(entry(100, false, 64), indicator, entry(77_777, true, 0), packet(9)),
                frame(indicator, entry(77_777, false, 0), entry(101, true, 5), PACKET)))) {
            rig.add(label(100).local(LabelRig.VPN));
            rig.add(swap(101, 201), via(1));
            rig.dataplane.run();
            assertThat(rig.dataplane
                            .statistics()
                            .routerCounts(LabelRig.VPN_ROUTER)
                            .txPackets())
                    .isEqualTo(1);
            assertThat(rig.dataplane.sent(1))
                    .containsExactlyInAnyOrder(sentPacket(1, packet(63)), sent(1, entry(201, true, 4), PACKET));
        }
    }

    @Test
    void shouldLeaveAnEntropyLabelUnderneath() {
        byte[] comes = frame(entry(100, false, 9), entry(ENTROPY_INDICATOR, false, 0), entry(77_777, true, 0), PACKET);
        assertSent(
                swap(100, 200),
                via(1),
                comes,
                sent(1, entry(200, false, 8), entry(ENTROPY_INDICATOR, false, 0), entry(77_777, true, 0), PACKET));
    }

    @Test
    void shouldPuntRouterAlerts() {
        byte[] comes = frame(entry(ROUTER_ALERT, false, 64), entry(100, true, 64), PACKET);
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(swap(100, 200), via(1));
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.frames).containsExactly(comes);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 6, 8, 13, 14, 15, 16, 99, 101, 1_048_575})
    void shouldDropLabelsThatItDoesNotKnow(int label) {
        assertDropped(swap(100, 200), via(1), DropReason.LABEL_UNKNOWN, frame(entry(label, true, 64), PACKET));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldDropWhoseTtlIsUsedUp(int ttl) {
        byte[] comes = frame(entry(100, true, ttl), PACKET);
        assertDropped(swap(100, 200), via(1), DropReason.TTL_EXPIRED, comes);
        assertDropped(label(100), via(1), DropReason.TTL_EXPIRED, comes);
        assertDropped(
                label(100).uniform(false).local(LabelSpec.NO_INTERFACE), NextHops.NONE, DropReason.TTL_EXPIRED, comes);
    }

    @Test
    void shouldDropWhatIsTooLongWithItsLabels() {
        byte[] fits = TestFrames.ipv4(0x0a000501, LabelRig.NETWORK | 1, 64, LabelRig.MTU - 8 - 20);
        byte[] comes = frame(entry(100, true, 64), fits);
        assertSent(swap(100, 200, 300), via(1), comes, sent(1, entry(200, false, 63), entry(300, true, 63), fits));
        assertDropped(swap(100, 200, 300, 400), via(1), DropReason.TOO_BIG, comes);
    }

    @Test
    void shouldDropWhoseNextHopIsNotKnown() {
        assertDropped(swap(100, 200), via(9), DropReason.LABEL_UNRESOLVED, frame(entry(100, true, 64), PACKET));
    }

    @Test
    void shouldDropStacksWithoutEnd() {
        byte[] bare = new byte[0];
        assertDropped(label(100), via(1), DropReason.LABEL_STACK, frame(entry(100, false, 64), bare));
        assertDropped(
                label(100).local(LabelSpec.NO_INTERFACE),
                NextHops.NONE,
                DropReason.LABEL_UNKNOWN,
                frame(entry(100, false, 64), bare));
        assertDropped(label(100), via(1), DropReason.LABEL_STACK, frame(entry(ENTROPY_INDICATOR, true, 64), PACKET));
    }

    @Test
    void shouldDropMoreOwnLabelsThanAnybodyNeeds() {
        byte[][] parts = new byte[10][];
        for (int n = 0; n < 9; n++) {
            parts[n] = entry(100, n == 8, 64);
        }
        parts[9] = PACKET;
        assertDropped(label(100).local(LabelSpec.NO_INTERFACE), NextHops.NONE, DropReason.LABEL_STACK, frame(parts));
    }

    @Test
    void shouldDropWhatIsNoIpUnderneathTheLastLabel() {
        byte[] comes = frame(entry(100, true, 64), new byte[60]);
        assertDropped(label(100), via(1), DropReason.TUNNEL_PAYLOAD, comes);
        assertDropped(label(100).local(LabelSpec.NO_INTERFACE), NextHops.NONE, DropReason.TUNNEL_PAYLOAD, comes);
    }

    /** Flows are those of the packets underneath, whatever stack is above; a flow takes one way. */
    @Test
    void shouldShareFlowsByWhatIsUnderTheStack() {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < 400; flow++) {
            byte[] packet = TestFrames.ipv4(0x0a000501 + flow, LabelRig.NETWORK | 1, 64, 40);
            frames.add(frame(entry(100, false, 64), entry(3000, true, 64), packet));
            frames.add(frame(entry(100, true, 64), packet));
        }
        try (LabelRig rig = new LabelRig(frames)) {
            rig.add(swap(100, 200), via(1, 2));
            rig.dataplane.run();
            List<byte[]> sent = rig.dataplane.sent(1);
            assertThat(sent).hasSize(800);
            int toFirst = 0;
            for (int n = 0; n < sent.size(); n += 2) {
                assertThat(sent.get(n)[5]).as("the neighbour").isEqualTo(sent.get(n + 1)[5]);
                toFirst += sent.get(n)[5] == 1 ? 1 : 0;
            }
            assertThat(toFirst).isBetween(150, 250);
        }
    }

    @Test
    void shouldShareByLabelsWhatIsNoIp() {
        List<byte[]> frames = new ArrayList<>();
        for (int flow = 0; flow < 400; flow++) {
            frames.add(frame(entry(100, false, 64), entry(3000 + flow, true, 64), new byte[60]));
        }
        try (LabelRig rig = new LabelRig(frames)) {
            rig.add(swap(100, 200), via(1, 2));
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1).stream()
                            .filter(frame -> frame[5] == 1)
                            .count())
                    .isBetween(150L, 250L);
        }
    }
}
