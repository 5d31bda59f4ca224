package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ELIGIBLE;
import static io.vireo.dataplane.schedule.ClassTable.INELIGIBLE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;
import static io.vireo.dataplane.schedule.ClassTable.RT_WORK;

/**
 * The real-time criterion: among the backlogged leaves whose head packet is eligible, the one with the earliest deadline
 * (the paper, section IV.B).
 *
 * <p>A backlogged leaf with a real-time curve stands in exactly one of two places: in a timing wheel until its eligible
 * time has come, in a heap of deadlines from then on. Each packet moves its class at most once from the first to the
 * second, so a selection costs O(log n) amortised, n being the eligible classes only, and looks at no other. Single writer.
 */
final class RealTime {
    private static final int BASE = 0;
    private static final int MAX_BATCH = 32;

    private final ClassTable table;
    private final WireLength wire;
    private final TimingWheel waiting;
    private final EntryHeap deadlines;
    private final Prefetch prefetch;
    private final int[] eligible = new int[MAX_BATCH];
    private int eligibleCount;

    RealTime(ClassTable table, Prefetch prefetch, WireLength wire) {
        this.table = table;
        this.prefetch = prefetch;
        this.wire = wire;
        waiting = new TimingWheel(table.capacity);
        deadlines = new EntryHeap(table.capacity + EntryHeap.SKIPPED, new int[table.capacity]);
    }

    /** Lets every class whose eligible time has come compete by deadline. */
    void updateEligible(long nowNs) {
        if (waiting.isEmpty()) {
            return;
        }
        int count = waiting.takeExpired(nowNs, eligible);
        while (count > 0) {
            prefetch.beforeDequeue(eligible, count);
            for (int i = 0; i < count; i++) {
                long at = table.at(eligible[i]);
                ClassTable.lower(at, INELIGIBLE);
                addEligible(eligible[i], at);
            }
            count = count == eligible.length ? waiting.takeExpired(nowNs, eligible) : 0;
        }
    }

    /** The leaf to serve at the time of {@link #updateEligible}, or NONE if no class is eligible. */
    int select() {
        return eligibleCount > 0 ? deadlines.minId(BASE) : NONE;
    }

    /** The earliest time at which {@link #select} will find a leaf, {@link Time#NEVER} if none is backlogged. */
    long nextNs() {
        if (eligibleCount > 0) {
            return Long.MIN_VALUE;
        }
        return waiting.nextNs();
    }

    /** Whether a packet that comes now to an idle leaf with a real-time curve is eligible at once. */
    static boolean isEligible(long at, long nowNs) {
        return start(at, nowNs) <= nowNs;
    }

    /** A leaf with a real-time curve has become backlogged. */
    void activate(int leaf, long nowNs) {
        long at = table.at(leaf);
        long eligibleNs = start(at, nowNs);
        if (eligibleNs <= nowNs) {
            addEligible(leaf, at);
        } else {
            addIneligible(leaf, at, eligibleNs);
        }
    }

    /** A leaf is backlogged no more, or has lost its curve. */
    void passivate(int leaf) {
        long at = table.at(leaf);
        if (ClassTable.has(at, ELIGIBLE)) {
            removeEligible(leaf, at);
        } else if (ClassTable.has(at, INELIGIBLE)) {
            waiting.remove(leaf);
            ClassTable.lower(at, INELIGIBLE);
        }
    }

    /** Accounts for bytes sent by this criterion; {@link #proceed} or {@link #passivate} follows. */
    void charge(int leaf, int bytes) {
        Words.add(table.at(leaf) + RT_WORK, bytes);
    }

    /** Takes up a new head packet, new work or a new curve of a leaf that stays backlogged. */
    void proceed(int leaf, long nowNs) {
        long at = table.at(leaf);
        long eligibleNs = eligibleNs(at);
        if (ClassTable.has(at, INELIGIBLE)) {
            waiting.remove(leaf);
            waiting.add(leaf, eligibleNs);
        } else if (eligibleNs <= nowNs) {
            deadlines.update(BASE, eligibleCount, deadlineNs(at), leaf);
        } else {
            removeEligible(leaf, at);
            addIneligible(leaf, at, eligibleNs);
        }
    }

    /** After service by link share: the deadline is that of another head packet, the eligible time is as it was. */
    void newHead(int leaf) {
        long at = table.at(leaf);
        if (ClassTable.has(at, ELIGIBLE)) {
            deadlines.update(BASE, eligibleCount, deadlineNs(at), leaf);
        }
    }

    /** A backlogged period starts; the eligible time of its first packet. */
    private static long start(long at, long nowNs) {
        return REAL_TIME.begin(at, nowNs, Words.get(at + RT_WORK));
    }

    private static long eligibleNs(long at) {
        return REAL_TIME.eligible(at, Words.get(at + RT_WORK));
    }

    private long deadlineNs(long at) {
        int headBytes = wire.of(Words.low(at + COUNT));
        return REAL_TIME.inverse(at, Words.get(at + RT_WORK) + headBytes);
    }

    private void addEligible(int leaf, long at) {
        deadlines.push(BASE, eligibleCount++, deadlineNs(at), leaf);
        ClassTable.raise(at, ELIGIBLE);
    }

    private void removeEligible(int leaf, long at) {
        deadlines.remove(BASE, eligibleCount--, leaf);
        ClassTable.lower(at, ELIGIBLE);
    }

    private void addIneligible(int leaf, long at, long eligibleNs) {
        waiting.add(leaf, eligibleNs);
        ClassTable.raise(at, INELIGIBLE);
    }
}
