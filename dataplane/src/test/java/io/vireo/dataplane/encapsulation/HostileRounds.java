package io.vireo.dataplane.encapsulation;

import java.util.stream.LongStream;

/**
 * How many hostile packets the tests of what is received take. {@code -Dvireo.hostile=N} takes N times as many as CI, {@code
 * -Dvireo.hostile.first=SEED} others than those that were tried. A JVM has room for some 1,000 rounds, of which each has a data plane.
 */
public final class HostileRounds {
    private HostileRounds() {}

    /** A seed for each round. */
    public static LongStream seeds(int rounds) {
        long first = Long.getLong("vireo.hostile.first", 0);
        return LongStream.range(first, first + rounds * Long.getLong("vireo.hostile", 1));
    }
}
