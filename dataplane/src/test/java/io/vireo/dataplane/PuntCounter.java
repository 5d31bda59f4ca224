package io.vireo.dataplane;

import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.PuntHandler;
import org.agrona.DirectBuffer;

/** Counts what comes up a punt ring, and keeps nothing. */
final class PuntCounter implements PuntHandler {
    long punted;

    @Override
    public void onPunted(
            int interfaceId,
            int routerId,
            int puntReason,
            long timestampNs,
            DirectBuffer frame,
            int offset,
            int length) {
        punted++;
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
        throw new AssertionError("nobody asked for a trace");
    }

    @Override
    public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
        throw new AssertionError("nobody asked for a trace");
    }
}
