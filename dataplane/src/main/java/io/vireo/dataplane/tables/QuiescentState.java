package io.vireo.dataplane.tables;

/**
 * Quiescent-state-based reclamation (Hart et al., "Performance of memory reclamation for lockless synchronization",
 * 2007; the scheme of liburcu-qsbr and rte_rcu_qsbr): when may the conductor reuse memory that a worker may be reading?
 *
 * <p>The conductor numbers time in epochs. What it unlinks is tagged with the epoch of the day; later it opens the next
 * one. A worker copies the epoch into its own slot once per loop, at a point where it holds nothing it read from a
 * table. A tag has passed when every worker's slot shows a later epoch:
 *
 * <pre>
 *   conductor  unlink X | tag 7 | epoch := 8 (release) .................... slots 8, 8 (acquire): X is free
 *   worker 0   ...reads X...            | slot := 8 (release) ...
 *   worker 1            ...reads X...............| slot := 8 (release) ...
 * </pre>
 *
 * A worker that reads epoch 8 (acquire) also sees what was unlinked before it, so it cannot find X again; and its loads
 * of X come before its slot's release store. A worker whose slot says {@link #OFFLINE} holds nothing back.
 *
 * <p>Threads: {@link #online}, {@link #announce}, {@link #offline} by the worker they name; the others by the conductor.
 * Wait-free for both sides.
 */
public final class QuiescentState implements AutoCloseable {
    private static final long OFFLINE = Long.MAX_VALUE;
    /** Two cache lines: the adjacent-line prefetcher pairs them. */
    private static final int SLOT_BYTES = 128;

    private final Region region;
    private final long epochAddress;
    private final long slots;
    private final int maxWorkers;
    private long epoch = 1;
    private boolean isTagged;
    private long passed;

    /** @param maxWorkers worker numbers are 0 to maxWorkers - 1; all begin offline */
    public QuiescentState(int maxWorkers) {
        if (maxWorkers < 0) {
            throw new IllegalArgumentException("maxWorkers must not be negative: " + maxWorkers);
        }
        this.maxWorkers = maxWorkers;
        region = new Region((maxWorkers + 1L) * SLOT_BYTES);
        epochAddress = region.address();
        slots = epochAddress + SLOT_BYTES;
        for (int worker = 0; worker < maxWorkers; worker++) {
            OffHeap.putLong(slot(worker), OFFLINE);
        }
        OffHeap.putLongRelease(epochAddress, epoch);
    }

    /** The worker is about to read tables. */
    public void online(int worker) {
        OffHeap.putLong(slot(worker), OffHeap.getLongAcquire(epochAddress));
        // The slot must be seen before anything this worker reads from a table. Partner: the fence in advance().
        OffHeap.fullFence();
    }

    /** Once per loop, while the worker holds nothing that it read from a table. */
    public void announce(int worker) {
        // Acquire: partner is the release in advance(). Release: partner is the acquire in hasPassed().
        OffHeap.putLongRelease(slot(worker), OffHeap.getLongAcquire(epochAddress));
    }

    /** The worker reads no table until it comes {@link #online} again. */
    public void offline(int worker) {
        OffHeap.putLongRelease(slot(worker), OFFLINE);
    }

    /** The tag for what is unlinked now. */
    public long retireEpoch() {
        isTagged = true;
        return epoch;
    }

    /**
     * Opens the next epoch, if anything was tagged in this one. Call it once per loop, never between the unlinking of something
     * and its tagging.
     *
     * <p>An epoch without tags goes on: every worker reads its number once per round, and a conductor that wrote it all the
     * time would make each of these reads a transfer between cores (4 ns per packet, {@code vireo bench forward}).
     *
     * @return the epoch from now on
     */
    public long advance() {
        if (!isTagged) {
            return epoch;
        }
        isTagged = false;
        OffHeap.putLongRelease(epochAddress, ++epoch);
        // What was unlinked must be seen before the slots are read. Partner: the fence in online().
        OffHeap.fullFence();
        return epoch;
    }

    /** Whether no worker can still see what was unlinked under this tag. */
    public boolean hasPassed(long retireEpoch) {
        if (retireEpoch >= passed) {
            passed = oldestSlot();
        }
        return retireEpoch < passed;
    }

    private long oldestSlot() {
        long oldest = epoch;
        for (int worker = 0; worker < maxWorkers; worker++) {
            oldest = Math.min(oldest, OffHeap.getLongAcquire(slot(worker)));
        }
        return oldest;
    }

    private long slot(int worker) {
        return slots + (long) worker * SLOT_BYTES;
    }

    /** Releases the slots; no worker may announce any more. */
    @Override
    public void close() {
        region.close();
    }
}
