package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.tables.QuiescentState;

/**
 * Indices of security associations. A returned one is wiped as soon as no worker can still use it, whether or not another is wanted.
 * Allocates nothing after construction. Single user: the conductor.
 */
final class WipedIndexPool {
    private final SecurityAssociationTable table;
    private final QuiescentState quiescent;
    private final int[] free;
    private final int[] retired;
    private final long[] retiredEpochs;
    private int freeCount;
    private int end = SecurityAssociationTable.NONE + 1;
    private int head;
    private int retiredCount;

    WipedIndexPool(SecurityAssociationTable table, QuiescentState quiescent) {
        this.table = table;
        this.quiescent = quiescent;
        free = new int[table.capacity()];
        retired = new int[table.capacity()];
        retiredEpochs = new long[table.capacity()];
    }

    /** Returns an index, or -1 when all are taken or not yet forgotten by the workers. */
    int take() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        return end < table.capacity() ? end++ : -1;
    }

    /** Takes an index back that has just been made unreachable for workers. */
    void retire(int index) {
        int tail = (head + retiredCount++) % retired.length;
        retired[tail] = index;
        retiredEpochs[tail] = quiescent.retireEpoch();
    }

    /** Wipes and frees at most {@code limit} indices; returns how many. */
    int reclaim(int limit) {
        int count = 0;
        while (count < limit && retiredCount > 0 && quiescent.hasPassed(retiredEpochs[head])) {
            table.wipe(retired[head]);
            free[freeCount++] = retired[head];
            head = (head + 1) % retired.length;
            retiredCount--;
            count++;
        }
        return count;
    }

    /** Above every index ever handed out. */
    int end() {
        return end;
    }
}
