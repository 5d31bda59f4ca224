package io.vireo.dataplane.path;

/**
 * What is asked of a column as a whole, in loops that the JIT makes vector instructions of. A burst mostly comes in, and
 * leaves, by one interface; then it is counted at once, which spares a packet eight additions in memory.
 */
public final class Columns {
    private Columns() {}

    /** Whether the first entries, at least one, are all the same. */
    public static boolean isUniform(final int[] column, final int count) {
        final int first = column[0];
        int difference = 0;
        for (int k = 0; k < count; k++) {
            difference |= column[k] ^ first;
        }
        return difference == 0;
    }

    /** The sum of the first entries. */
    public static int sum(final int[] column, final int count) {
        int sum = 0;
        for (int k = 0; k < count; k++) {
            sum += column[k];
        }
        return sum;
    }
}
