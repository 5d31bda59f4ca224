package io.vireo.dataplane.path;

/**
 * What is asked of a stretch of a column, in loops that the JIT makes vector instructions of. Packets that come in, or leave,
 * together mostly do so by one interface; then they are counted at once, which spares each eight additions in memory.
 */
public final class Columns {
    private Columns() {}

    /** Whether entries {@code first} to {@code end - 1}, at least one, are all the same. */
    public static boolean isUniform(final int[] column, final int first, final int end) {
        final int entry = column[first];
        int difference = 0;
        for (int k = first; k < end; k++) {
            difference |= column[k] ^ entry;
        }
        return difference == 0;
    }

    /** The sum of entries {@code first} to {@code end - 1}. */
    public static int sum(final int[] column, final int first, final int end) {
        int sum = 0;
        for (int k = first; k < end; k++) {
            sum += column[k];
        }
        return sum;
    }
}
