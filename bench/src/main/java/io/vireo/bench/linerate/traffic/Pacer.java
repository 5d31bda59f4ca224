package io.vireo.bench.linerate.traffic;

/**
 * When each frame of a steady stream is due. It knows no clock: time is a parameter. Immutable.
 */
final class Pacer {
    private final long startNs;
    private final double frameNs;
    private final long frames;

    /**
     * A stream.
     *
     * @param startNs when its first frame is due
     * @param framesPerSecond its rate, more than 0
     * @param frames how many frames it has
     */
    Pacer(long startNs, double framesPerSecond, long frames) {
        this.startNs = startNs;
        this.frameNs = 1e9 / framesPerSecond;
        this.frames = frames;
    }

    /** How many frames should have been sent by then. */
    long dueFrames(long nowNs) {
        long elapsedNs = nowNs - startNs;
        return elapsedNs < 0 ? 0 : Math.min(frames, (long) (elapsedNs / frameNs) + 1);
    }

    /** When a frame is due; the first is number 0. */
    long dueNs(long frame) {
        return startNs + (long) (frame * frameNs);
    }

    /** When the frame after the last would be due. */
    long endNs() {
        return dueNs(frames);
    }

    long frames() {
        return frames;
    }
}
