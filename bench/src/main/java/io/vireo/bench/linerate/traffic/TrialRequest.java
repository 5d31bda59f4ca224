package io.vireo.bench.linerate.traffic;

import java.util.List;

/**
 * A trial to make.
 *
 * @param phases the load, one phase after another
 * @param flows how many flows the frames cycle through, 1..512
 * @param frameBytes sizes with FCS, in their order, repeated
 * @param toMac where frames are sent: the device's MAC address on its first port
 * @param fromMac from whom
 * @param rewrite what comes back
 */
public record TrialRequest(
        List<Phase> phases, int flows, List<Integer> frameBytes, long toMac, long fromMac, Rewrite rewrite) {
    /** Refuses what cannot be sent. */
    public TrialRequest {
        phases = List.copyOf(phases);
        frameBytes = List.copyOf(frameBytes);
        if (phases.isEmpty() || frameBytes.isEmpty()) {
            throw new IllegalArgumentException("phases: " + phases + ", frameBytes: " + frameBytes);
        }
        if (flows < 1 || flows > BenchFrame.MAX_FLOWS) {
            throw new IllegalArgumentException("flows: " + flows + " is not in 1.." + BenchFrame.MAX_FLOWS);
        }
    }

    /** The same frames at another load. */
    TrialRequest of(List<Phase> others) {
        return new TrialRequest(others, flows, frameBytes, toMac, fromMac, rewrite);
    }

    /** Frames of all phases. */
    public long frames() {
        return phases.stream().mapToLong(Phase::frames).sum();
    }

    /** How long all phases take, nanoseconds. */
    public long durationNs() {
        return phases.stream().mapToLong(Phase::durationNs).sum();
    }
}
