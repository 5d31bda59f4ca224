package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;

/**
 * Which units of eight bytes of each packet under way are there: a bit each, in native memory. Single user: its worker.
 *
 * <p>Bits, because then it does not matter how many fragments a packet comes in, and in which order: each costs its own length.
 */
final class CoveredUnits {
    /** None of a range was there. */
    static final int NONE = 0;

    /** Some of a range were there. */
    static final int SOME = 1;

    /** All of a range were there. */
    static final int ALL = 2;

    /** A line for 65,536 bytes. */
    private static final int LINE_SHIFT = 10;

    private static final int UNITS_PER_WORD_SHIFT = 6;
    private static final int LAST_OF_WORD = Long.SIZE - 1;

    private final long base;

    CoveredUnits(int packets) {
        base = new Region((long) Math.max(1, packets) << LINE_SHIFT).address();
    }

    /** Forgets the first units of a packet. */
    void clear(int packet, int units) {
        Memory.fill(line(packet), (long) ((units + LAST_OF_WORD) >>> UNITS_PER_WORD_SHIFT) * Long.BYTES, (byte) 0);
    }

    /** How much of the units from {@code first} to before {@code end} is there. */
    int ofRange(int packet, int first, int end) {
        boolean isAny = false;
        boolean isAll = true;
        for (int word = first >>> UNITS_PER_WORD_SHIFT; word <= (end - 1) >>> UNITS_PER_WORD_SHIFT; word++) {
            long mask = mask(word, first, end);
            long there = Memory.getLong(address(packet, word)) & mask;
            isAny |= there != 0;
            isAll &= there == mask;
        }
        if (isAll) {
            return ALL;
        }
        return isAny ? SOME : NONE;
    }

    /** The units from {@code first} to before {@code end} are there from now on. */
    void add(int packet, int first, int end) {
        for (int word = first >>> UNITS_PER_WORD_SHIFT; word <= (end - 1) >>> UNITS_PER_WORD_SHIFT; word++) {
            long address = address(packet, word);
            Memory.putLong(address, Memory.getLong(address) | mask(word, first, end));
        }
    }

    /** The bits of a word that lie in a range of which it has some. */
    private static long mask(int word, int first, int end) {
        int start = word << UNITS_PER_WORD_SHIFT;
        long from = first <= start ? -1L : -1L << (first - start);
        long to = end >= start + Long.SIZE ? -1L : -1L >>> (start + Long.SIZE - end);
        return from & to;
    }

    private long address(int packet, int word) {
        return line(packet) + (long) word * Long.BYTES;
    }

    private long line(int packet) {
        return base + ((long) packet << LINE_SHIFT);
    }
}
