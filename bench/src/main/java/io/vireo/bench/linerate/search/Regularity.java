package io.vireo.bench.linerate.search;

/** Whether a goal's result says what it should, and if not, why: RFC 9971 §6.2.3. */
public enum Regularity {
    /** Both bounds were found, close enough to each other. */
    REGULAR("regular"),
    /** The highest load met the goal: the device carries more than could be offered. */
    NO_UPPER_BOUND("the highest load that can be offered met the goal"),
    /** The lowest load missed the goal. */
    NO_LOWER_BOUND("the lowest load missed the goal"),
    /** The time was up before the bounds were close enough. */
    OUT_OF_TIME("the time was up before the bounds were close enough");

    private final String description;

    Regularity(String description) {
        this.description = description;
    }

    /** A sentence for reports. */
    public String description() {
        return description;
    }
}
