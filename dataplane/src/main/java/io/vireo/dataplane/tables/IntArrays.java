package io.vireo.dataplane.tables;

/**
 * What is asked of a stretch of a column, in loops that the JIT makes vector instructions of. Packets of a burst mostly have
 * much in common: their table, whose root is then read once; the interface they come in or leave by, for which they are counted at once.
 */
public final class IntArrays {
    private IntArrays() {}

    /** Whether entries {@code first} to {@code end - 1}, at least one, are all the same. */
    public static boolean isUniform(int[] column, int first, int end) {
        int entry = column[first];
        int difference = 0;
        for (int k = first; k < end; k++) {
            difference |= column[k] ^ entry;
        }
        return difference == 0;
    }

    /** The sum of entries {@code first} to {@code end - 1}. */
    public static int sum(int[] column, int first, int end) {
        int sum = 0;
        for (int k = first; k < end; k++) {
            sum += column[k];
        }
        return sum;
    }
}
