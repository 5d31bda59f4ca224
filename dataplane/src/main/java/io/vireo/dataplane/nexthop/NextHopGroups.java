package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;

/**
 * Equal-cost groups as the workers see them: a row of {@link #SLOTS} adjacencies per group, in which each member has a share
 * by its weight. The flow picks the slot, so a flow keeps its way and no division is made.
 *
 * <p>Single writer: the conductor, and only while no worker can reach the row. Readers: every worker.
 */
public final class NextHopGroups {
    /** Slots of a row: a member's share is exact to 1/64. */
    public static final int SLOTS = 64;

    /** Maximum members of a group. */
    public static final int MAX_MEMBERS = 8;

    /** Set in a next-hop index that names a group and not an adjacency. */
    public static final int GROUP_BIT = 1 << 28;

    private static final int ROW_SHIFT = 8;
    private static final int SLOT_SHIFT = 32 - 6;

    private final int[] slotsTaken = new int[MAX_MEMBERS];
    private final long base;
    private final int capacity;

    public NextHopGroups(int capacity) {
        this.capacity = capacity;
        base = new Region((long) capacity << ROW_SHIFT).address();
    }

    public int capacity() {
        return capacity;
    }

    public static boolean isGroup(int nextHop) {
        return (nextHop & GROUP_BIT) != 0;
    }

    /** The next-hop index of a group's row. */
    public static int nextHopOf(int row) {
        return row | GROUP_BIT;
    }

    /** The row of a next-hop index that {@link #isGroup}. */
    public static int rowOf(int nextHop) {
        return nextHop & ~GROUP_BIT;
    }

    /**
     * The adjacency that a flow takes.
     *
     * @param nextHop a group's index.
     * @param flowHash its upper bits choose.
     */
    public int member(int nextHop, int flowHash) {
        return Memory.getInt(slot(rowOf(nextHop), flowHash >>> SLOT_SHIFT));
    }

    /**
     * Divides a row among members by weight: each slot goes to the member that is furthest behind its share. Conductor only,
     * before the row's index is put into a table (whose release publishes it).
     *
     * @param count members, 1..{@link #MAX_MEMBERS}.
     */
    public void define(int row, int[] adjacencies, int[] weights, int count) {
        int total = 0;
        for (int m = 0; m < count; m++) {
            total += weights[m];
            slotsTaken[m] = 0;
        }
        for (int s = 0; s < SLOTS; s++) {
            int member = furthestBehind(s + 1, weights, count, total);
            slotsTaken[member]++;
            Memory.putInt(slot(row, s), adjacencies[member]);
        }
    }

    private int furthestBehind(int slots, int[] weights, int count, int total) {
        int best = 0;
        int maxOwed = Integer.MIN_VALUE;
        for (int m = 0; m < count; m++) {
            int owed = slots * weights[m] - slotsTaken[m] * total;
            if (owed > maxOwed) {
                maxOwed = owed;
                best = m;
            }
        }
        return best;
    }

    private long slot(int row, int index) {
        return base + ((long) row << ROW_SHIFT) + ((long) index << 2);
    }
}
