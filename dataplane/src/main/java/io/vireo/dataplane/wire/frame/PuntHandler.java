package io.vireo.dataplane.wire.frame;

import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import org.agrona.DirectBuffer;

/**
 * Receives what a worker hands up: control. Frames are whole untagged Ethernet frames and lie in the ring: valid during
 * the call only. Single-threaded per reader.
 */
public interface PuntHandler {
    /**
     * A frame that the fast path cannot finish.
     *
     * @param interfaceId where it arrived
     * @param routerId whose it is
     * @param puntReason {@link PuntReason} code
     * @param timestampNs when it arrived, ns since 1970 UTC
     */
    void onPunted(
            int interfaceId,
            int routerId,
            int puntReason,
            long timestampNs,
            DirectBuffer frame,
            int offset,
            int length);

    /**
     * What one stage did to a traced frame.
     *
     * @param reason DROP: {@link DropReason} code; PUNT: {@link PuntReason} code; else -1
     * @param routerId -1 = not yet known
     * @param egressInterfaceId -1 = not yet known
     * @param prefixLength of the longest match in bits; -1 = none
     */
    void onTraceStep(
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
            int length);

    /** A traced frame has reached its end; fewer steps than announced means that some were lost. */
    void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId);
}
