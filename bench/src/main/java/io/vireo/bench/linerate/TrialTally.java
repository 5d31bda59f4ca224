package io.vireo.bench.linerate;

/** How many trials a run made, and how many of them do not count. One thread. */
final class TrialTally {
    private int trials;
    private int late;
    private long foreignFrames;

    void addPunctual() {
        trials++;
    }

    /** One in which the generator was late. */
    void addLate() {
        trials++;
        late++;
    }

    /** Frames on the wire that were neither sent by the generator nor made of what it sent. */
    void addForeign(long frames) {
        foreignFrames += frames;
    }

    long foreignFrames() {
        return foreignFrames;
    }

    /** "3 of 400". */
    String lateOfAll() {
        return "%,d of %,d".formatted(late, trials);
    }
}
