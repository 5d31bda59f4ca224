package io.vireo.control.telemetry;

import io.vireo.control.view.NodeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events, numbered. Any thread may add or read; adding never waits for readers. A reader that falls behind
 * by more than the log holds sees from the numbers how many it missed.
 */
public final class EventLog {
    private final int capacity;
    private final Deque<NumberedEvent> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private long lastNumber;

    /** A log that holds {@code capacity} events. */
    public EventLog(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an event. */
    public void add(NodeEvent event) {
        lock.lock();
        try {
            lastNumber++;
            events.addLast(new NumberedEvent(lastNumber, event));
            if (events.size() > capacity) {
                events.removeFirst();
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Number of the last event, or 0. */
    public long lastNumber() {
        lock.lock();
        try {
            return lastNumber;
        } finally {
            lock.unlock();
        }
    }

    /** The events after the one of that number, oldest first. */
    public List<NumberedEvent> after(long number) {
        lock.lock();
        try {
            List<NumberedEvent> result = new ArrayList<>();
            events.stream().filter(event -> event.number() > number).forEach(result::add);
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #after}, waiting for at least one event until the time is over. */
    public List<NumberedEvent> await(long number, long timeoutMs) throws InterruptedException {
        lock.lock();
        try {
            long remainingNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (lastNumber <= number && remainingNs > 0) {
                remainingNs = added.awaitNanos(remainingNs);
            }
            return after(number);
        } finally {
            lock.unlock();
        }
    }
}
