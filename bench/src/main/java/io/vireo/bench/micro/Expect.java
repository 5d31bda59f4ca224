package io.vireo.bench.micro;

/** What a case finds out about itself before it is measured. */
public final class Expect {
    private Expect() {}

    /**
     * Refuses to measure a case in which something else happens.
     *
     * @throws IllegalStateException when the numbers differ, with both
     */
    public static void count(String what, long expected, long found) {
        if (found != expected) {
            throw new IllegalStateException(what + ": " + found + " instead of " + expected);
        }
    }
}
