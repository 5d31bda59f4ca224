package io.vireo.dataplane.schedule;

/** Which slots of a level of a timing wheel are in use: a bit each, and a bit for each word of those. Single user. */
public final class SlotMap {
    /** Slots of a level. */
    public static final int SLOTS = 4096;

    private static final int SLOT_MASK = SLOTS - 1;

    private final long[] words = new long[SLOTS / Long.SIZE];
    private long summary;

    /** A slot has come into use. */
    public void set(int slot) {
        words[slot >> 6] |= 1L << slot;
        summary |= 1L << (slot >> 6);
    }

    /** A slot has become empty. */
    public void clear(int slot) {
        words[slot >> 6] &= ~(1L << slot);
        if (words[slot >> 6] == 0) {
            summary &= ~(1L << (slot >> 6));
        }
    }

    /** How many slots ahead of this one, going round, the first in use is; -1 if there is none. */
    public int distance(int from) {
        if (summary == 0) {
            return -1;
        }
        long here = words[from >> 6] >>> from;
        if (here != 0) {
            return Long.numberOfTrailingZeros(here);
        }
        // From the next word on, going round to this one, whose lower bits come last.
        int word = (from >> 6) + 1;
        int ahead = Long.numberOfTrailingZeros(Long.rotateRight(summary, word));
        int found = (word + ahead) & (Long.SIZE - 1);
        int slot = (found << 6) + Long.numberOfTrailingZeros(words[found]);
        return (slot - from) & SLOT_MASK;
    }
}
