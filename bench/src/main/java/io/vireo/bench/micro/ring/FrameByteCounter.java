package io.vireo.bench.micro.ring;

import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.CaptureHandler;
import io.vireo.dataplane.wire.frame.InjectHandler;
import io.vireo.dataplane.wire.frame.PuntHandler;
import org.agrona.DirectBuffer;

/** Counts the bytes of frames that come out of rings. One thread. */
final class FrameByteCounter implements PuntHandler, InjectHandler, CaptureHandler {
    long bytes;

    @Override
    public void onPunted(
            int interfaceId,
            int routerId,
            int puntReason,
            long timestampNs,
            DirectBuffer frame,
            int offset,
            int length) {
        bytes += length;
    }

    @Override
    public void onInject(int interfaceId, long frameAddress, int frameLength) {
        bytes += frameLength;
    }

    @Override
    public void onCaptured(
            int captureId,
            int interfaceId,
            Direction direction,
            int dropReason,
            long timestampNs,
            int originalLength,
            DirectBuffer frame,
            int offset,
            int length) {
        bytes += length;
    }

    @Override
    public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
        throw new IllegalStateException("nobody asked for a trace");
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
        throw new IllegalStateException("nobody asked for a trace");
    }

    @Override
    public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
        throw new IllegalStateException("nobody asked for a trace");
    }
}
