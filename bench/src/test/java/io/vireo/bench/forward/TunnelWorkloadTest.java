package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.forward.tunnel.SentPackets;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.bench.forward.tunnel.TunnelKinds;
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

    private static List<byte[]> packets(Workload workload) {
        return workload.frames(0, SIZE).stream()
                .map(frame -> Arrays.copyOfRange(frame, OUTER, frame.length))
                .toList();
    }

    private static ByteBuffer sent(Workload workload, byte[] packet, int neighbour) {
        return ForwardedFramesTest.sent(packet, 0, workload.topology(), neighbour);
    }

    @SuppressWarnings("ByteBufferBackingArray") // wraps the frame
    private static void refused(Workload workload, ByteBuffer frame, String fault) {
        assertThatThrownBy(() -> new ForwardedFrames(workload, SIZE).check(0, frame.array()))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldOfferFramesOf64BytesToATunnel(TunnelKind kind) {
        Workload workload = Workload.encapsulation(kind, 16);
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
        Workload workload = Workload.decapsulation(kind, 16);
        assertThat(packets(workload))
                .containsExactlyElementsOf(packets(Workload.encapsulation(kind, 16)).stream()
                        .map(kind::encapsulate)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCheckWhatIsAroundAPacketAndThePacket(TunnelKind kind) {
        Workload workload = Workload.encapsulation(kind, 16);
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

    @ParameterizedTest
    @MethodSource("repeatable")
    void shouldCheckThatNothingIsLeftAroundAPacket(TunnelKind kind) {
        Workload workload = Workload.decapsulation(kind, 16);
        byte[] inner = FlowFrames.forwarded(FlowFrames.packet(workload.flows().get(3), 42));
        assertThatCode(() -> new ForwardedFrames(workload, SIZE)
                        .check(0, sent(workload, inner, 0).array()))
                .doesNotThrowAnyException();
        refused(workload, sent(workload, packets(workload).get(3), 0), "a wrong TTL");
        refused(workload, sent(workload, Arrays.copyOf(inner, inner.length + 1), 0), "a packet that was not offered");
    }

    @Test
    void shouldOfferPlainPacketsWhereNoneIsTakenTwiceAndSeeThemForwardedTwice() {
        TunnelKind kind = TunnelKinds.all().getLast();
        Workload workload = Workload.decapsulation(kind, 16);
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
        Workload into = Workload.encapsulation(kind, 16);
        Workload out = Workload.decapsulation(kind, 16);
        assertThat(List.of(into.receivingRouter(0), into.sendingRouter(0))).containsExactly(0, 1);
        assertThat(List.of(out.receivingRouter(0), out.sendingRouter(0))).containsExactly(1, 0);
    }
}
