package io.vireo.control.telemetry;

import io.vireo.control.view.NodeEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events, numbered. Any thread may add or read; adding never waits for readers. A reader goes on from the number
 * that it has seen last. When what followed is not there any more, because the reader fell behind or control was restarted, the
 * first thing that it gets is an event of type {@link #GAP}.
 */
public final class EventLog {
    /** The type of an event that says that others are lost. */
    public static final String GAP = "events.gap";

    private final int capacity;
    private final long numbersFrom;
    private final Deque<NumberedEvent> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private long lastNumber;

    /** A log that holds {@code capacity} events, the first of which is number 1. */
    public EventLog(int capacity) {
        this(capacity, 0);
    }

    /**
     * As above, but that numbers begin after another one. If that is more than any log before can have reached, such as the
     * time in milliseconds, a number of theirs is recognised.
     */
    public EventLog(int capacity, long numbersFrom) {
        this.capacity = capacity;
        this.numbersFrom = numbersFrom;
        lastNumber = numbersFrom;
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

    /** Number of the last event, or the one that numbers begin after. */
    public long lastNumber() {
        lock.lock();
        try {
            return lastNumber;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The events after the one of that number, oldest first; all that are kept after 0. If some of them are lost, or the number is
     * none of this log's, a {@link #GAP} comes first, and then all that are kept.
     */
    public List<NumberedEvent> after(long number) {
        lock.lock();
        try {
            List<NumberedEvent> result = new ArrayList<>();
            long forgotten = lastNumber - events.size();
            boolean isKnown = number >= forgotten && number <= lastNumber;
            if (!isKnown && number != 0) {
                result.add(gap(number, forgotten));
            }
            long from = isKnown ? number : forgotten;
            events.stream().filter(event -> event.number() > from).forEach(result::add);
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** It has the number of the last event that is lost, so that a reader goes on with the first that is kept. */
    private NumberedEvent gap(long number, long forgotten) {
        boolean isOfThisLog = number >= numbersFrom && number <= lastNumber;
        String text = isOfThisLog
                ? forgotten - number + " events after number " + number + " are no longer in the log"
                : "number " + number
                        + " is of another log, of control before its restart: what happened between is lost";
        Map<String, String> details = isOfThisLog
                ? Map.of("after", Long.toString(number), "missed", Long.toString(forgotten - number))
                : Map.of("after", Long.toString(number));
        Instant time =
                events.isEmpty() ? Instant.now() : events.getFirst().event().time();
        return new NumberedEvent(
                forgotten, new NodeEvent(time, NodeEvent.Severity.WARNING, GAP, "events", text, details));
    }

    /** As {@link #after}, waiting for at least one event until the time is over. */
    public List<NumberedEvent> await(long number, long timeoutMs) throws InterruptedException {
        lock.lock();
        try {
            long remainingNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (lastNumber == number && remainingNs > 0) {
                remainingNs = added.awaitNanos(remainingNs);
            }
            return after(number);
        } finally {
            lock.unlock();
        }
    }
}
