package io.vireo.dpdk;

/** Range checks of configuration values, whose message names the field. */
final class Range {
    private Range() {}

    static int check(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be " + min + ".." + max + ", not " + value);
        }
        return value;
    }
}
