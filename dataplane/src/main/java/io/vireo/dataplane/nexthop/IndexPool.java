package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.QuiescentState;
import java.util.function.IntConsumer;

/**
 * Hands out small indices of shared records and takes them back; a returned one is handed out again only when no worker can
 * still use it. Allocates nothing after construction. Single user: the conductor.
 */
public final class IndexPool {
    private final QuiescentState quiescent;
    private final IntConsumer forgotten;
    private final int first;
    private final int capacity;
    private final int[] free;
    private final int[] retired;
    private final long[] retiredEpochs;
    private int freeCount;
    private int neverUsed;
    private int head;
    private int retiredCount;

    /** Hands out {@code first} to {@code capacity - 1}. */
    public IndexPool(int first, int capacity, QuiescentState quiescent) {
        this(first, capacity, quiescent, index -> {});
    }

    /** @param forgotten is told of an index that no worker can use any more, before it is handed out again, if ever. */
    public IndexPool(int first, int capacity, QuiescentState quiescent, IntConsumer forgotten) {
        this.quiescent = quiescent;
        this.forgotten = forgotten;
        this.first = first;
        this.capacity = capacity;
        neverUsed = first;
        free = new int[capacity];
        retired = new int[capacity];
        retiredEpochs = new long[capacity];
    }

    /** Returns an index, or -1 when all are taken or not yet forgotten by the workers. */
    public int take() {
        if (freeCount == 0) {
            reclaim(1);
        }
        if (freeCount > 0) {
            return free[--freeCount];
        }
        return neverUsed < capacity ? neverUsed++ : -1;
    }

    /** Takes an index back that has just been made unreachable for workers. */
    public void retire(int index) {
        int tail = (head + retiredCount++) % capacity;
        retired[tail] = index;
        retiredEpochs[tail] = quiescent.retireEpoch();
    }

    /** Frees at most {@code limit} retired indices whose time has passed; returns how many. */
    public int reclaim(int limit) {
        int count = 0;
        while (count < limit && retiredCount > 0 && quiescent.hasPassed(retiredEpochs[head])) {
            forgotten.accept(retired[head]);
            free[freeCount++] = retired[head];
            head = (head + 1) % capacity;
            retiredCount--;
            count++;
        }
        return count;
    }

    /** Indices in use, those waiting to be forgotten included. */
    public int used() {
        return neverUsed - first - freeCount;
    }

    /** Above every index ever handed out: where a walk over all of them ends. */
    public int end() {
        return neverUsed;
    }
}
