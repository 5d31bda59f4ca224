package io.vireo.bench.linerate.traffic;

/**
 * A part of a trial with a constant rate. The next begins when the frame after its last would be due.
 *
 * @param framesPerSecond how fast frames are due, more than 0
 * @param frames how many, 0 or more
 */
public record Phase(double framesPerSecond, long frames) {
    /** Refuses a rate at which nothing is ever due. */
    public Phase {
        if (!(framesPerSecond > 0) || frames < 0) {
            throw new IllegalArgumentException("framesPerSecond: " + framesPerSecond + ", frames: " + frames);
        }
    }

    /** A rate for a duration. */
    public static Phase of(double framesPerSecond, long durationNs) {
        return new Phase(framesPerSecond, Math.max(1, Math.round(framesPerSecond * durationNs / 1e9)));
    }

    /** How long it takes, nanoseconds. */
    public long durationNs() {
        return (long) (frames * 1e9 / framesPerSecond);
    }
}
