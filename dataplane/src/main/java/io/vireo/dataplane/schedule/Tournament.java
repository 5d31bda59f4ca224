package io.vireo.dataplane.schedule;

/**
 * Which child of a family has the smallest virtual time: a winner tree (Knuth, volume 3, 5.4.1) of blocks of four, many in
 * one array.
 *
 * <p>A child has a place of its own, its <i>seat</i>, for as long as it stays; what changes is the key there. A change is
 * played up to the final, at each level against the best of the three others of the block. Those do not depend on the
 * outcome below, so the processor looks them up ahead, and no step has a branch it could guess wrongly: a heap, whose
 * entries wander, needs three times as long. A child that is not to be chosen is <i>out</i>: it has a key later than all.
 *
 * <p>A family's segment is named by {@code base}, a multiple of four, and {@code order}: it has {@code 4 << order} seats;
 * above them stand the winners of each block of four, above those the winners of each four of these, and so on. The
 * winner of the final is written to two words of the owner's. Keys are compared as {@link Time}s. Single writer.
 */
final class Tournament {
    /** How much later than the present a key must be to lose against all who play: see {@link LinkShare#MAX_LEAD}. */
    static final long OUT_LEAD = 3L << 61;

    private static final int BLOCK_SHIFT = 2;
    private static final int BLOCK = 1 << BLOCK_SHIFT;

    private static final int STRIDE_SHIFT = 4;
    private static final int ID = 8;
    private static final long ENTRY_BYTES = 1 << STRIDE_SHIFT;
    private static final long BLOCK_BYTES = BLOCK * ENTRY_BYTES;
    private static final long BLOCK_MASK = BLOCK_BYTES - 1;

    /** Key and id of every seat, then of the winners, level by level; seats take two thirds at least. */
    private final Words entries;

    private final long origin;
    private final long[] rows = new long[Integer.SIZE / BLOCK_SHIFT];

    /** @param capacity seats of all families */
    Tournament(int capacity) {
        entries = new Words((long) capacity << 2);
        origin = entries.address();
    }

    /** Makes all seats of a family empty and out. */
    void clear(int base, int order, long presentKey) {
        long row = row(base);
        fill(row, row + seatBytes(order), presentKey);
        clearWinners(base, order, presentKey);
    }

    /** Forgets all winners; every seat must be played after. */
    void clearWinners(int base, int order, long presentKey) {
        long row = row(base);
        fill(row + seatBytes(order), row + 2 * seatBytes(order), presentKey);
    }

    private static void fill(long from, long to, long presentKey) {
        for (long entry = from; entry < to; entry += ENTRY_BYTES) {
            set(entry, presentKey + OUT_LEAD, ClassTable.NONE);
        }
    }

    private static long seatBytes(int order) {
        return (long) BLOCK << (order + STRIDE_SHIFT);
    }

    int idAt(int base, int seat) {
        return (int) id(row(base) + ((long) seat << STRIDE_SHIFT));
    }

    long keyAt(int base, int seat) {
        return Words.get(row(base) + ((long) seat << STRIDE_SHIFT));
    }

    /**
     * Gives a seat another key, and perhaps another occupant; writes the family's winner to {@code finalsAt}, and who it is
     * to the word behind.
     */
    void play(int base, int order, int seat, long seatKey, int seatId, long finalsAt) {
        long key = seatKey;
        long id = seatId;
        long row = row(base);
        long own = (long) seat << STRIDE_SHIFT;
        set(row + own, key, id);
        long size = seatBytes(order);
        while (true) {
            long rival = best(row + (own & -BLOCK_BYTES), own & BLOCK_MASK);
            long lead = Words.get(rival) - key;
            long isLater = lead >> 63;
            key += lead & isLater;
            id += (id(rival) - id) & isLater;
            row += size;
            size >>= BLOCK_SHIFT;
            if (size <= ENTRY_BYTES) {
                break;
            }
            own = (own >> BLOCK_SHIFT) & -ENTRY_BYTES;
            set(row + own, key, id);
        }
        set(finalsAt, key, id);
    }

    /** Where the one with the smallest key of the three others of a block stands. */
    private static long best(long block, long own) {
        long first = block + (own ^ ENTRY_BYTES);
        long second = block + (own ^ 2 * ENTRY_BYTES);
        long third = block + (own ^ 3 * ENTRY_BYTES);
        long firstKey = Words.get(first);
        long lead = Words.get(second) - firstKey;
        long isSecond = lead >> 63;
        long best = first + ((second - first) & isSecond);
        long isThird = (Words.get(third) - (firstKey + (lead & isSecond))) >> 63;
        return best + ((third - best) & isThird);
    }

    /**
     * Finds who has a key not later than {@code until}, beginning near a seat, until {@code max} are found.
     *
     * @param ids gets them, any order
     * @return how many
     */
    int findUntil(int base, int order, int seat, long until, int max, int[] ids) {
        long row = row(base);
        int size = BLOCK << order;
        int levels = 0;
        do {
            rows[levels++] = row;
            row += (long) size << STRIDE_SHIFT;
            size >>= BLOCK_SHIFT;
        } while (size > 1);
        int count = gather(0, seat >> BLOCK_SHIFT, -1, until, max, ids, 0);
        for (int level = 1; level < levels; level++) {
            int place = seat >> (level * BLOCK_SHIFT);
            count = gather(level, place >> BLOCK_SHIFT, place, until, max, ids, count);
        }
        return count;
    }

    /** Takes what is below a block, but for one of its places. */
    private int gather(int level, int block, int without, long until, int max, int[] ids, int from) {
        int count = from;
        int first = block << BLOCK_SHIFT;
        for (int place = first; place < first + BLOCK && count < max; place++) {
            long entry = rows[level] + ((long) place << STRIDE_SHIFT);
            if (place != without && Words.get(entry) - until <= 0) {
                if (level == 0) {
                    ids[count++] = (int) id(entry);
                } else {
                    count = gather(level - 1, place, -1, until, max, ids, count);
                }
            }
        }
        return count;
    }

    private long row(int base) {
        assert entries.holds(base, STRIDE_SHIFT + 1);
        return origin + ((long) base << (STRIDE_SHIFT + 1));
    }

    private static long id(long entry) {
        return Words.get(entry + ID);
    }

    private static void set(long entry, long key, long id) {
        Words.set(entry, key);
        Words.set(entry + ID, id);
    }
}
