package io.vireo.dataplane;

import io.vireo.dataplane.wire.PuntHandler;
import io.vireo.dataplane.wire.TraceStage;
import io.vireo.dataplane.wire.Verdict;
import org.agrona.DirectBuffer;

/** Counts what comes up a punt ring, and keeps nothing. */
final class FrameCounter implements PuntHandler {
    long punted;

    @Override
    public void onPunted(
            final int interfaceId,
            final int routerId,
            final int puntReason,
            final long timestampNs,
            final DirectBuffer frame,
            final int offset,
            final int length) {
        punted++;
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
        throw new AssertionError("nobody asked for a trace");
    }

    @Override
    public void onTraceEnd(
            final long correlationId,
            final int steps,
            final Verdict verdict,
            final int reason,
            final int egressInterfaceId) {
        throw new AssertionError("nobody asked for a trace");
    }
}
