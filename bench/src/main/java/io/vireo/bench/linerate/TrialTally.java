package io.vireo.bench.linerate;

/** How many trials a run made, and how many of them do not count. One thread. */
final class TrialTally {
    private int trials;
    private int late;

    void addPunctual() {
        trials++;
    }

    /** One in which the generator was late. */
    void addLate() {
        trials++;
        late++;
    }

    /** "3 of 400". */
    String lateOfAll() {
        return "%,d of %,d".formatted(late, trials);
    }
}
