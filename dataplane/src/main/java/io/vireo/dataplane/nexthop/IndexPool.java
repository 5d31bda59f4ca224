package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.QuiescentState;

/**
 * Hands out small indices of shared records and takes them back; a returned one is handed out again only when no worker can
 * still use it. Allocates nothing after construction. Single user: the conductor.
 */
public final class IndexPool {
    /** Whoever has to do something before an index is used again. Called by the conductor. */
    public interface Owner {
        /** No worker can use the index any more, and it has not been handed out again. */
        void onForgotten(int index);
    }

    private final QuiescentState quiescent;
    private final Owner owner;
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

    /** @param owner of what the indices stand for. */
    public IndexPool(int first, int capacity, QuiescentState quiescent, Owner owner) {
        this.quiescent = quiescent;
        this.owner = owner;
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
            owner.onForgotten(retired[head]);
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
