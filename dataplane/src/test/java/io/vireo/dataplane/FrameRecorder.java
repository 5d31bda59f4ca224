package io.vireo.dataplane;

import io.vireo.dataplane.wire.PuntHandler;
import io.vireo.dataplane.wire.TraceStage;
import io.vireo.dataplane.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Notes what comes up a punt ring, for tests to look at. */
final class FrameRecorder implements PuntHandler {
    final List<Integer> interfaces = new ArrayList<>();
    final List<Integer> reasons = new ArrayList<>();
    final List<byte[]> frames = new ArrayList<>();
    final List<String> steps = new ArrayList<>();
    final List<String> ends = new ArrayList<>();

    @Override
    public void onPunted(
            final int interfaceId,
            final int routerId,
            final int puntReason,
            final long timestampNs,
            final DirectBuffer frame,
            final int offset,
            final int length) {
        interfaces.add(interfaceId);
        reasons.add(puntReason);
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        frames.add(copy);
    }

    @Override
    public void onTraceStep(
            final long correlationId,
            final TraceStage stage,
            final Verdict verdict,
            final int reason,
            final int interfaceId,
            final int routerId,
            final int egressInterfaceId,
            final long nextHopHigh,
            final long nextHopLow,
            final int prefixLength,
            final DirectBuffer frame,
            final int offset,
            final int length) {
        steps.add(stage + " " + verdict + " " + reason + " " + interfaceId + " " + egressInterfaceId);
    }

    @Override
    public void onTraceEnd(
            final long correlationId,
            final int steps,
            final Verdict verdict,
            final int reason,
            final int egressInterfaceId) {
        ends.add(steps + " " + verdict + " " + reason + " " + egressInterfaceId);
    }
}
