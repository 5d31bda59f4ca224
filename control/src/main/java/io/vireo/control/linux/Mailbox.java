package io.vireo.control.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads have a thread do that sleeps in epoll. Any thread calls and wakes; the owner does the rest, and never
 * calls itself, for it would wait for ever.
 */
public final class Mailbox implements AutoCloseable {
    private final String owner;
    private final EventFd wake;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    public Mailbox(String owner) {
        this.owner = owner;
        wake = new EventFd(owner);
    }

    /** Becomes readable when the owner is to wake. */
    public Descriptor descriptor() {
        return wake.descriptor();
    }

    /** Wakes the owner. */
    public void wake() {
        wake.signal();
    }

    /** Runs something on the owner's thread and waits for it; a RuntimeException it throws is thrown here. */
    public <T> T call(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        wake.signal();
        if (closed) { // the task may have come too late
            result.completeExceptionally(new IllegalStateException("the " + owner + " has ended"));
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable action) {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** The owner has woken: the next {@link #wake} will wake it again. */
    public void clear() {
        wake.clear();
    }

    /** Does what was asked for so far; returns how much that was. */
    public int doWork() {
        int count = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            count++;
        }
        return count;
    }

    /** Does what was asked for so far, and nothing later. */
    @Override
    public void close() {
        closed = true;
        doWork();
        wake.close();
    }
}
