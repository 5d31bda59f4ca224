package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;

/**
 * The members of each group with their weights, in the order in which control named them: a row of {@link
 * NextHopGroups#MAX_MEMBERS} pairs per group, in memory that is there only where it is used. Single user: the conductor.
 */
final class GroupMembers {
    private static final int ROW_SHIFT = 10;
    private static final int MEMBER_SHIFT = 3;

    private final long base;

    GroupMembers(int capacity) {
        base = new Region((long) capacity << ROW_SHIFT).address();
    }

    void define(int row, int[] adjacencies, int[] weights, int count) {
        for (int m = 0; m < count; m++) {
            Memory.putInt(address(row, m), adjacencies[m]);
            Memory.putInt(address(row, m) + Integer.BYTES, weights[m]);
        }
    }

    int adjacency(int row, int member) {
        return Memory.getInt(address(row, member));
    }

    int weight(int row, int member) {
        return Memory.getInt(address(row, member) + Integer.BYTES);
    }

    boolean areEqual(int row, int[] adjacencies, int[] weights, int count) {
        for (int m = 0; m < count; m++) {
            if (adjacency(row, m) != adjacencies[m] || weight(row, m) != weights[m]) {
                return false;
            }
        }
        return true;
    }

    private long address(int row, int member) {
        return base + ((long) row << ROW_SHIFT) + ((long) member << MEMBER_SHIFT);
    }
}
