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
            int interfaceId,
            int routerId,
            int puntReason,
            long timestampNs,
            DirectBuffer frame,
            int offset,
            int length) {
        interfaces.add(interfaceId);
        reasons.add(puntReason);
        byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        frames.add(copy);
    }

    @Override
    public void onTraceStep(
            long correlationId,
            TraceStage stage,
            Verdict verdict,
            int reason,
            int interfaceId,
            int routerId,
            int egressInterfaceId,
            long nextHopHigh,
            long nextHopLow,
            int prefixLength,
            DirectBuffer frame,
            int offset,
            int length) {
        steps.add(stage + " " + verdict + " " + reason + " " + interfaceId + " " + egressInterfaceId);
    }

    @Override
    public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
        ends.add(steps + " " + verdict + " " + reason + " " + egressInterfaceId);
    }
}
