package io.vireo.bench.linerate.traffic;

/**
 * What became of a trial's frames. Every frame that was intended is in exactly one of: unsent, refused, received, or lost in
 * the device.
 *
 * @param intendedFrames frames that were due
 * @param unsentFrames frames that the generator did not get to before the trial's end: its own fault
 * @param refusedFrames frames for which the wire had no room: the device was not quick enough
 * @param receivedFrames different frames that came back
 * @param reorderedFrames those of them that came after a later one of their flow
 * @param duplicateFrames frames that came back once more
 * @param belatedFrames frames of an earlier trial, where they counted as lost
 * @param strayFrames frames with the generator's addresses that it never sent, or too old to be distinguished from duplicates
 * @param foreignFrames frames of others on the same ports, of which nothing else is counted
 * @param misroutedFrames frames of the sample that were not as they should be, and all that came back to the sending port
 * @param sampledFrames frames of which every field was looked at
 * @param fault the first thing that was wrong with a stray or misrouted frame; empty when nothing was
 * @param receivedBytes bytes that came back, FCS included
 * @param effectiveNs from the first frame's time to the last frame's arrival, nanoseconds
 * @param lastLossNs when, after the trial's start, the last frame was due after which one is missing; -1 when none is
 * @param maxSilenceNs the longest time without an arrival, nanoseconds
 * @param maxLatenessNs how far behind its schedule the generator was at its worst, nanoseconds: a burst that was sent
 *     late, or a frame that was still unsent at the end
 * @param reconnections how often the wire was lost and found again
 * @param latency from the moment a frame was due to its arrival, an HdrHistogram in nanoseconds, packed
 * @param lateness from the moment a burst was due to when it was sent: the generator's own share, likewise
 */
public record TrialReport(
        long intendedFrames,
        long unsentFrames,
        long refusedFrames,
        long receivedFrames,
        long reorderedFrames,
        long duplicateFrames,
        long belatedFrames,
        long strayFrames,
        long foreignFrames,
        long misroutedFrames,
        long sampledFrames,
        String fault,
        long receivedBytes,
        long effectiveNs,
        long lastLossNs,
        long maxSilenceNs,
        long maxLatenessNs,
        int reconnections,
        String latency,
        String lateness) {

    /** Frames that did not come back, whosever fault it is. */
    public long missingFrames() {
        return intendedFrames - receivedFrames;
    }

    /** Missing frames as a share of the intended ones: RFC 9971's trial loss ratio. */
    public double lossRatio() {
        return intendedFrames == 0 ? 0 : Math.clamp((double) missingFrames() / intendedFrames, 0, 1);
    }
}
