package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.forward.tunnel.LabelStackEntry;
import io.vireo.bench.forward.tunnel.SentPackets;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.forward.tunnel.TunnelKinds;
import io.vireo.bench.forward.tunnel.VirtualLinkHeader;
import io.vireo.bench.report.NotMeasuredException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tunnels' workloads offer, and that a packet is noticed that did not go through the tunnel as it should. */
class TunnelWorkloadTest {
    private static final FrameSizes SIZE = FrameSizes.of(64);
    private static final int OUTER = FlowFrames.TAGGED_HEADER_BYTES;

    static List<TunnelKind> kinds() {
        return TunnelKinds.all();
    }

    static List<TunnelKind> repeatable() {
        return kinds().stream().filter(TunnelKind::isRepeatable).toList();
    }

    static List<TunnelKind> overIp() {
        return kinds().stream()
                .filter(kind -> kind.etherType() == Payload.ETHERTYPE_IPV4)
                .toList();
    }

    private static void passes(Workload workload, ByteBuffer frame) {
        assertThatCode(() -> new ForwardedFrames(workload, SIZE).check(0, bytes(frame)))
                .doesNotThrowAnyException();
    }

    @SuppressWarnings("ByteBufferBackingArray") // wraps the frame
    private static byte[] bytes(ByteBuffer frame) {
        return frame.array();
    }

    /** The frame in which a router sends that to a neighbour. */
    private static ByteBuffer sent(Workload workload, int etherType, byte[] content, int neighbour) {
        return ForwardedFramesTest.sent(new Payload(etherType, content), 0, workload.topology(), neighbour);
    }

    /** The third flow's packet, as it comes. */
    private static byte[] third(Workload workload) {
        return FlowFrames.packet(workload.flows().get(3), 42);
    }

    private static List<byte[]> packets(Workload workload) {
        return workload.frames(0, SIZE).stream()
                .map(frame -> Arrays.copyOfRange(frame, OUTER, frame.length))
                .toList();
    }

    private static ByteBuffer sent(Workload workload, byte[] packet, int neighbour) {
        return ForwardedFramesTest.sent(packet, 0, workload.topology(), neighbour);
    }

    private static void refused(Workload workload, ByteBuffer frame, String fault) {
        assertThatThrownBy(() -> new ForwardedFrames(workload, SIZE).check(0, bytes(frame)))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldOfferFramesOf64BytesToATunnel(TunnelKind kind) {
        Workload workload = TunnelWorkloads.encapsulation(kind, 16);
        assertThat(workload.frames(0, SIZE))
                .hasSize(16)
                .allSatisfy(frame -> assertThat(frame).hasSize(60));
        assertThat(packets(workload))
                .containsExactlyElementsOf(workload.flows().stream()
                        .map(flow -> FlowFrames.packet(flow, 42))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void shouldOfferTheSamePacketsInsideToTheOtherEnd(TunnelKind kind) {
        Workload workload = TunnelWorkloads.decapsulation(kind, 16);
        assertThat(packets(workload))
                .containsExactlyElementsOf(packets(TunnelWorkloads.encapsulation(kind, 16)).stream()
                        .map(kind::encapsulate)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("overIp")
    void shouldCheckWhatIsAroundAPacketAndThePacket(TunnelKind kind) {
        Workload workload = TunnelWorkloads.encapsulation(kind, 16);
        byte[] inner = FlowFrames.forwarded(packets(workload).get(3));
        byte[] right = SentPackets.of(kind, inner);
        assertThatCode(() -> new ForwardedFrames(workload, SIZE)
                        .check(0, sent(workload, right, 5).array()))
                .doesNotThrowAnyException();
        refused(workload, sent(workload, right, 0), "a wrong neighbour");
        refused(workload, sent(workload, inner, 5), "a wrong TTL");
        refused(workload, sent(workload, kind.encapsulate(inner), 5), "a wrong TTL");
        byte[] unchanged = packets(workload).get(3);
        refused(workload, sent(workload, SentPackets.of(kind, unchanged), 5), "a packet that was not offered");
        byte[] longer = Arrays.copyOf(right, right.length + 1);
        refused(workload, sent(workload, longer, 5), "a wrong outer length");
    }

    @Test
    void shouldCheckALabelOnTheLink() {
        TunnelKind kind = TunnelKinds.all().get(5);
        Workload workload = TunnelWorkloads.encapsulation(kind, 16);
        byte[] right = SentPackets.of(kind, FlowFrames.forwarded(third(workload)));
        int type = LabelStackEntry.ETHERTYPE;
        assertThat(kind.title()).isEqualTo("MPLS");
        passes(workload, sent(workload, type, right, 5));
        refused(workload, sent(workload, type, right, 0), "a wrong neighbour");
        refused(workload, sent(workload, 0x8848, right, 5), "a wrong type");
        refused(workload, sent(workload, FlowFrames.forwarded(third(workload)), 5), "a wrong TTL");
        refused(workload, sent(workload, type, kind.encapsulate(third(workload)), 5), "a wrong TTL of a label");
        refused(
                workload,
                sent(workload, type, SentPackets.of(kind, third(workload)), 5),
                "a packet that was not offered");
    }

    @Test
    void shouldCheckThatEachFlowHasItsLabelSwapped() {
        Workload workload = TunnelWorkloads.labels("x", false, 16);
        byte[] packet = third(workload);
        int type = LabelStackEntry.ETHERTYPE;
        assertThat(packets(workload).get(3)).isEqualTo(LabelStackEntry.push(1003, 64, packet));
        passes(workload, sent(workload, type, LabelStackEntry.push(2003, 63, packet), 5));
        refused(workload, sent(workload, type, LabelStackEntry.push(2003, 63, packet), 0), "a wrong neighbour");
        refused(workload, sent(workload, type, LabelStackEntry.push(2002, 63, packet), 5), "a wrong label");
        refused(workload, sent(workload, type, LabelStackEntry.push(2003, 64, packet), 5), "a wrong TTL of a label");
        byte[] changed = FlowFrames.forwarded(packet);
        refused(
                workload,
                sent(workload, type, LabelStackEntry.push(2003, 63, changed), 5),
                "a packet that was not offered");
        refused(workload, sent(workload, changed, 5), "a wrong type");
        refused(workload, sent(workload, type, new byte[20], 5), "no room");
    }

    @Test
    void shouldCheckThatTheLabelIsTakenOff() {
        Workload workload = TunnelWorkloads.labels("x", true, 16);
        byte[] packet = third(workload);
        passes(workload, sent(workload, FlowFrames.forwarded(packet), 5));
        refused(workload, sent(workload, FlowFrames.forwarded(packet), 0), "a wrong neighbour");
        refused(workload, sent(workload, packet, 5), "a wrong TTL");
        byte[] labelled = LabelStackEntry.push(1003, 63, packet);
        refused(workload, sent(workload, LabelStackEntry.ETHERTYPE, labelled, 5), "a wrong type");
    }

    @Test
    void shouldCheckWhatLeavesByAVirtualLink() {
        int type = VirtualLinkHeader.ETHERTYPE;
        for (boolean arrives : new boolean[] {true, false}) {
            Workload workload = TunnelWorkloads.virtualLink("x", arrives, true, 16);
            byte[] packet = third(workload);
            byte[] sent = arrives ? packet : FlowFrames.forwarded(packet);
            byte[] other = arrives ? FlowFrames.forwarded(packet) : packet;
            passes(workload, sent(workload, type, VirtualLinkHeader.encapsulate(0x654321, sent), 5));
            byte[] asItCame = VirtualLinkHeader.encapsulate(0x123456, sent);
            refused(workload, sent(workload, type, asItCame, 5), "a wrong virtual-link identifier");
            byte[] wrong = VirtualLinkHeader.encapsulate(0x654321, other);
            refused(workload, sent(workload, type, wrong, 5), "a packet that was not offered");
            refused(workload, sent(workload, FlowFrames.forwarded(packet), 5), "a wrong type");
        }
    }

    @Test
    void shouldCheckThatNothingIsLeftOfAVirtualLink() {
        Workload workload = TunnelWorkloads.virtualLink("x", true, false, 16);
        byte[] packet = third(workload);
        assertThat(packets(workload).get(3)).isEqualTo(VirtualLinkHeader.encapsulate(0x123456, packet));
        passes(workload, sent(workload, FlowFrames.forwarded(packet), 0));
        refused(workload, sent(workload, packet, 0), "a wrong TTL");
        byte[] left = VirtualLinkHeader.encapsulate(0x123456, packet);
        refused(workload, sent(workload, VirtualLinkHeader.ETHERTYPE, left, 0), "an unknown type");
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void shouldCheckThatNothingIsLeftAroundAPacket(TunnelKind kind) {
        Workload workload = TunnelWorkloads.decapsulation(kind, 16);
        byte[] inner = FlowFrames.forwarded(FlowFrames.packet(workload.flows().get(3), 42));
        assertThatCode(() -> new ForwardedFrames(workload, SIZE)
                        .check(0, sent(workload, inner, 0).array()))
                .doesNotThrowAnyException();
        boolean isOverIp = kind.etherType() == Payload.ETHERTYPE_IPV4;
        refused(
                workload,
                sent(workload, kind.etherType(), packets(workload).get(3), 0),
                isOverIp ? "a wrong TTL" : "an unknown type");
        refused(workload, sent(workload, Arrays.copyOf(inner, inner.length + 1), 0), "a packet that was not offered");
    }

    @Test
    void shouldOfferPlainPacketsWhereNoneIsTakenTwiceAndSeeThemForwardedTwice() {
        TunnelKind kind = TunnelKinds.all().getLast();
        Workload workload = TunnelWorkloads.decapsulation(kind, 16);
        byte[] offered = packets(workload).get(3);
        byte[] once = FlowFrames.forwarded(offered);
        assertThat(kind.isRepeatable()).isFalse();
        assertThat(offered).isEqualTo(FlowFrames.packet(workload.flows().get(3), 42));
        assertThatCode(() -> new ForwardedFrames(workload, SIZE)
                        .check(0, sent(workload, FlowFrames.forwarded(once), 0).array()))
                .doesNotThrowAnyException();
        refused(workload, sent(workload, once, 0), "a wrong TTL");
        refused(workload, sent(workload, FlowFrames.forwarded(once), 4), "a wrong neighbour");
    }

    @Test
    void shouldGoThroughTheUnderlayLastIntoATunnelAndFirstOutOfIt() {
        TunnelKind kind = TunnelKinds.all().getFirst();
        Workload into = TunnelWorkloads.encapsulation(kind, 16);
        Workload out = TunnelWorkloads.decapsulation(kind, 16);
        assertThat(List.of(into.receivingRouter(0), into.sendingRouter(0))).containsExactly(0, 1);
        assertThat(List.of(out.receivingRouter(0), out.sendingRouter(0))).containsExactly(1, 0);
    }
}
