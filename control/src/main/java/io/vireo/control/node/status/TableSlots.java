package io.vireo.control.node.status;

import io.vireo.control.view.TablePart;
import io.vireo.control.view.TooManyTablesException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how many tables are in memory at once, each from the begin of its dump until its last row is written. Any thread. */
public final class TableSlots {
    /** A million routes take some 50 MB, of the gigabyte that control has. */
    private static final int MAX_TABLES = 4;

    private static final long WAIT_MS = 10_000;

    private final Semaphore slots;
    private final int max;
    private final long waitMs;

    public TableSlots() {
        this(MAX_TABLES, WAIT_MS);
    }

    TableSlots(int max, long waitMs) {
        this.max = max;
        slots = new Semaphore(max, true);
        this.waitMs = waitMs;
    }

    /**
     * Reads a table when there is room for it; what is returned keeps the room until it is closed.
     *
     * @throws TooManyTablesException when there is none for a while.
     */
    public <T> TablePart<T> read(Supplier<TablePart<T>> table) {
        if (!tryAcquire()) {
            throw new TooManyTablesException(max);
        }
        try {
            TablePart<T> part = table.get();
            return new TablePart<>(part.rows(), part.count(), slots::release);
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
    }

    private boolean tryAcquire() {
        try {
            return slots.tryAcquire(waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
