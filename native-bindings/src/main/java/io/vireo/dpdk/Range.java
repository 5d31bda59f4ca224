package io.vireo.dpdk;

/** Range checks of configuration values, whose message names the field. */
final class Range {
    private Range() {}

    static int check(final String field, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be " + min + ".." + max + ", not " + value);
        }
        return value;
    }
}
