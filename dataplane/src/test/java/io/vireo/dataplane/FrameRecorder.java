package io.vireo.dataplane;

import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.PuntHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Notes what comes up a punt ring, for tests to look at. */
public final class FrameRecorder implements PuntHandler {
    public final List<Integer> interfaces = new ArrayList<>();
    public final List<Integer> reasons = new ArrayList<>();
    public final List<byte[]> frames = new ArrayList<>();
    public final List<String> steps = new ArrayList<>();
    public final List<byte[]> tracedFrames = new ArrayList<>();
    public final List<Long> nextHops = new ArrayList<>();
    public final List<Long> tuples = new ArrayList<>();
    public final List<String> ends = new ArrayList<>();

    /** Forgets what was punted. */
    public void clearPunted() {
        interfaces.clear();
        reasons.clear();
        frames.clear();
    }

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
        if (stage == TraceStage.CLASSIFY) {
            tuples.add(nextHopLow);
        }
        if (stage == TraceStage.FORWARD) {
            nextHops.add(nextHopLow);
        }
        byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        tracedFrames.add(copy);
        steps.add(stage + " " + verdict + " " + reason + " " + interfaceId + " " + egressInterfaceId);
    }

    @Override
    public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
        ends.add(steps + " " + verdict + " " + reason + " " + egressInterfaceId);
    }
}
