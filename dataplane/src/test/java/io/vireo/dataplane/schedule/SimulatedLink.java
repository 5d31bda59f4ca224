package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * A link of a given rate behind a scheduler, simulated: it takes a packet whenever the last one is through, and keeps
 * chosen classes backlogged. Frames cost what they are long.
 */
final class SimulatedLink {
    static final int QUOTA_PACKETS = 1 << 20;
    private static final long SECOND_NS = 1_000_000_000L;

    final HfscScheduler scheduler;
    final long rate;
    private final DequeuedBurst burst = new DequeuedBurst(1);
    private final Map<Integer, Integer> floods = new LinkedHashMap<>();
    private final Map<Integer, Long> sentBytes = new HashMap<>();
    private final Map<Integer, Long> worstDelayNs = new HashMap<>();
    long nowNs = 1_000_000_000L;

    SimulatedLink(long rate) {
        this(rate, 0);
    }

    SimulatedLink(long rate, long slackNs) {
        this.rate = rate;
        scheduler = new HfscScheduler(new HfscLimits(4_096, QUOTA_PACKETS, 16, LinkOverhead.NONE, 1_518, slackNs));
        scheduler.quotas().set(0, QUOTA_PACKETS / 2, 1L << 40);
    }

    static ClassSpec settings() {
        return new ClassSpec().queue(1 << 18, 1 << 30);
    }

    static ServiceCurve rate(long bitsPerSecond) {
        return ServiceCurve.linear(bitsPerSecond);
    }

    SimulatedLink add(int id, int parent, ClassSpec settings) {
        ClassChange change = scheduler.classes().add(id, parent, settings, nowNs);
        if (change != ClassChange.DONE) {
            throw new AssertionError(change.sentence());
        }
        return this;
    }

    /** Keeps the class backlogged with packets of this length. */
    SimulatedLink flood(int id, int bytes) {
        floods.put(id, bytes);
        offer(id, bytes);
        offer(id, bytes);
        return this;
    }

    /** Stops offering; what is queued is still sent. */
    SimulatedLink calm(int id) {
        floods.remove(id);
        return this;
    }

    SimulatedLink offer(int id, int bytes) {
        QueueVerdict verdict = scheduler.enqueue(id, id, bytes, 0, nowNs);
        if (verdict != QueueVerdict.QUEUED) {
            throw new AssertionError(verdict.sentence());
        }
        return this;
    }

    /** Lets the line run and forgets what was sent before. */
    SimulatedLink runMs(double ms) {
        return run((long) (ms * 1e6), now -> Long.MAX_VALUE);
    }

    /**
     * As {@link #runMs}, with a source.
     *
     * @param source called at its own times; it offers and returns the time of its next call
     */
    SimulatedLink run(long spanNs, LongUnaryOperator source) {
        sentBytes.clear();
        worstDelayNs.clear();
        long endNs = nowNs + spanNs;
        long sourceNs = source.applyAsLong(nowNs);
        while (nowNs < endNs) {
            if (sourceNs <= nowNs) {
                sourceNs = source.applyAsLong(nowNs);
            } else if (!sendOne()) {
                nowNs = Math.min(endNs, Math.min(sourceNs, Math.max(nowNs + 1, scheduler.nextEventNs())));
            }
        }
        return this;
    }

    private boolean sendOne() {
        if (scheduler.dequeue(nowNs, burst) == 0) {
            return burst.droppedCount() > 0;
        }
        int id = burst.sentClass(0);
        int bytes = burst.sentBytes(0);
        nowNs += Math.max(1, bytes * 8L * SECOND_NS / rate);
        sentBytes.merge(id, (long) bytes, Long::sum);
        worstDelayNs.merge(id, nowNs - burst.sentArrivalNs(0), Math::max);
        Integer flood = floods.get(id);
        if (flood != null) {
            offer(id, flood);
        }
        return true;
    }

    /** What the class has sent in the last run. */
    long sent(int id) {
        return sentBytes.getOrDefault(id, 0L);
    }

    /** From arrival to the last bit, the worst of the last run. */
    long worstDelayNs(int id) {
        return worstDelayNs.getOrDefault(id, 0L);
    }

    /** The rate the class had in the last run of this length. */
    double rateOf(int id, double ms) {
        return sent(id) * 8 / (ms / 1e3);
    }
}
