package io.vireo.dataplane.tables;

/**
 * What is asked of a range of an array, in loops that the JIT makes vector instructions of. Packets of a burst mostly have
 * much in common: their table, whose root is then read once; the interface they come in or leave by, for which they are counted at once.
 */
public final class IntArrays {
    private IntArrays() {}

    /** Whether entries {@code first} to {@code end - 1}, at least one, are all the same. */
    public static boolean isUniform(int[] array, int first, int end) {
        int entry = array[first];
        int difference = 0;
        for (int k = first; k < end; k++) {
            difference |= array[k] ^ entry;
        }
        return difference == 0;
    }

    /** The sum of entries {@code first} to {@code end - 1}. */
    public static int sum(int[] array, int first, int end) {
        int sum = 0;
        for (int k = first; k < end; k++) {
            sum += array[k];
        }
        return sum;
    }
}
