package io.vireo.dataplane.encapsulation.mpls;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;

/**
 * How many packets, and bytes of them from the label on, came with each label of {@link LabelTable}. Each worker adds to words of its own
 * by plain stores; the conductor reads them all, and zeroes them while no worker can reach them.
 */
public final class LabelCounts {
    private static final int RECORD_SHIFT = 4;
    private static final int BYTES = 8;

    private final int workers;
    private final int capacity;
    private final long base;

    /** Takes memory for the indices 0 to {@code capacity - 1}; it is used only as it fills. */
    public LabelCounts(int workers, int capacity) {
        this.workers = workers;
        this.capacity = capacity;
        base = new Region(((long) workers * capacity) << RECORD_SHIFT).address();
    }

    /** What adds to a worker's words. Single user: the worker. */
    public static final class Writer {
        private static final long NOWHERE = 0;
        private final long base;

        private Writer(long base) {
            this.base = base;
        }

        /** Counts a packet. */
        public void count(int index, int bytes) {
            if (base != NOWHERE) {
                long record = base + ((long) index << RECORD_SHIFT);
                Memory.putLong(record, Memory.getLong(record) + 1);
                Memory.putLong(record + BYTES, Memory.getLong(record + BYTES) + bytes);
            }
        }
    }

    /** For one worker. */
    public Writer writer(int worker) {
        return new Writer(base + (((long) worker * capacity) << RECORD_SHIFT));
    }

    /** For who only looks: counts nothing. */
    public static Writer none() {
        return new Writer(Writer.NOWHERE);
    }

    /** Packets counted by all workers. Conductor only. */
    public long packets(int index) {
        return sum(index, 0);
    }

    /** As {@link #packets}. */
    public long bytes(int index) {
        return sum(index, BYTES);
    }

    private long sum(int index, int offset) {
        long sum = 0;
        for (int worker = 0; worker < workers; worker++) {
            sum += Memory.getLong(record(worker, index) + offset);
        }
        return sum;
    }

    /** Begins anew with an index that no worker can reach. Conductor only. */
    public void clear(int index) {
        for (int worker = 0; worker < workers; worker++) {
            Memory.putLong(record(worker, index), 0);
            Memory.putLong(record(worker, index) + BYTES, 0);
        }
    }

    private long record(int worker, int index) {
        return base + (((long) worker * capacity + index) << RECORD_SHIFT);
    }
}
