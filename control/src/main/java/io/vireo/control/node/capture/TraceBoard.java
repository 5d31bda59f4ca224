package io.vireo.control.node.capture;

import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Traces that wait for their steps. Any thread expects; the pump's thread fills. */
public final class TraceBoard {
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

    /** What one stage did; reason and ids as in the wire protocol's TraceStep. */
    @SuppressWarnings("ArrayRecordComponent")
    public // handed on once, never compared
    record Step(
            TraceStage stage,
            Verdict verdict,
            int reason,
            int interfaceId,
            int routerId,
            int egressInterfaceId,
            long nextHopHigh,
            long nextHopLow,
            byte[] frame) {}

    /** How it ended. */
    public record End(Verdict verdict, int reason, int egressInterfaceId) {}

    /** A finished trace. */
    public record Trace(List<Step> steps, End end) {}

    private record Pending(List<Step> steps, CompletableFuture<Trace> result) {}

    /** Registers a trace before it is sent. */
    public CompletableFuture<Trace> expect(long correlationId) {
        CompletableFuture<Trace> result = new CompletableFuture<>();
        pending.put(correlationId, new Pending(new ArrayList<>(), result));
        return result;
    }

    public void forget(long correlationId) {
        pending.remove(correlationId);
    }

    public void onStep(long correlationId, Step step) {
        Pending trace = pending.get(correlationId);
        if (trace != null) {
            trace.steps().add(step);
        }
    }

    public void onEnd(long correlationId, End end) {
        Pending trace = pending.remove(correlationId);
        if (trace != null) {
            trace.result().complete(new Trace(List.copyOf(trace.steps()), end));
        }
    }
}
