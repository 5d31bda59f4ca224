package io.vireo.bench.linerate.search;

import java.io.IOException;

/**
 * RFC 9004 §5.4: the longest burst, sent as fast as the generator can, of which no frame is lost, by halving. One thread.
 *
 * @param maxFrames the longest burst that is tried, 1 or more
 * @param toleranceFrames how close to come, 1 or more
 */
public record BurstSearch(long maxFrames, long toleranceFrames) {
    /** Sends a burst. */
    @FunctionalInterface
    public interface Burst {
        /** Whether all of so many frames came back. */
        boolean survives(long frames) throws IOException, InterruptedException;
    }

    /** Refuses an empty range. */
    public BurstSearch {
        if (maxFrames < 1 || toleranceFrames < 1) {
            throw new IllegalArgumentException("maxFrames: " + maxFrames + ", toleranceFrames: " + toleranceFrames);
        }
    }

    /** The longest burst that came back whole; 0 when none did, {@link #maxFrames} when all did. */
    public long run(Burst burst) throws IOException, InterruptedException {
        if (burst.survives(maxFrames)) {
            return maxFrames;
        }
        long whole = 0;
        long broken = maxFrames;
        while (broken - whole > toleranceFrames) {
            long frames = whole + (broken - whole) / 2;
            if (burst.survives(frames)) {
                whole = frames;
            } else {
                broken = frames;
            }
        }
        return whole;
    }
}
