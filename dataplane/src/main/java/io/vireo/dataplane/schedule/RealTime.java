package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ELIGIBLE;
import static io.vireo.dataplane.schedule.ClassTable.INELIGIBLE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;
import static io.vireo.dataplane.schedule.ClassTable.RT_WORK;
import static io.vireo.dataplane.schedule.ClassTable.at;

/**
 * The real-time criterion: among the backlogged leaves whose head packet is eligible, the one with the least deadline
 * (the paper, section IV.B).
 *
 * <p>A backlogged leaf with a real-time curve stands in exactly one of two heaps: by eligible time until that has come,
 * by deadline from then on. Each packet moves its class at most once from the first to the second, so a selection costs
 * O(log n) amortised and never looks at eligible classes that are not the earliest. Single writer.
 */
final class RealTime {
    private static final int BASE = 0;
    private static final int MOST_AT_ONCE = 32;

    private final ClassTable table;
    private final LinkOverhead overhead;
    private final EntryHeap eligibleTimes;
    private final EntryHeap deadlines;
    private final Prefetch prefetch;
    private final int[] ripe = new int[MOST_AT_ONCE];
    private int ineligibleCount;
    private int eligibleCount;

    RealTime(ClassTable table, Prefetch prefetch, LinkOverhead overhead) {
        this.table = table;
        this.prefetch = prefetch;
        this.overhead = overhead;
        int[] positions = new int[table.capacity];
        eligibleTimes = new EntryHeap(table.capacity, positions);
        deadlines = new EntryHeap(table.capacity, positions);
    }

    /** Lets every class whose eligible time has come compete by deadline. */
    void ripen(long nowNs) {
        while (ineligibleCount > 0 && eligibleTimes.leastKey(BASE) <= nowNs) {
            ripenSome(nowNs);
        }
    }

    /** The leaf to serve at the time of {@link #ripen}, or NONE if no class is eligible. */
    int select() {
        return eligibleCount > 0 ? deadlines.leastId(BASE) : NONE;
    }

    /** The earliest time at which {@link #select} will find a leaf, {@link Time#NEVER} if none is backlogged. */
    long nextNs() {
        if (eligibleCount > 0) {
            return Long.MIN_VALUE;
        }
        return ineligibleCount > 0 ? eligibleTimes.leastKey(BASE) : Time.NEVER;
    }

    /** A leaf with a real-time curve has become backlogged. */
    void activate(int leaf, long nowNs) {
        int at = at(leaf);
        REAL_TIME.update(table.words, at, nowNs, table.words[at + RT_WORK]);
        long eligibleNs = eligibleNs(leaf);
        if (eligibleNs <= nowNs) {
            addEligible(leaf);
        } else {
            addIneligible(leaf, eligibleNs);
        }
    }

    /** A leaf is backlogged no more, or has lost its curve. */
    void passivate(int leaf) {
        if (table.has(leaf, ELIGIBLE)) {
            removeEligible(leaf);
        } else if (table.has(leaf, INELIGIBLE)) {
            removeIneligible(leaf);
        }
    }

    /** Accounts for bytes sent by this criterion; {@link #proceed} or {@link #passivate} follows. */
    void charge(int leaf, int bytes) {
        table.words[at(leaf) + RT_WORK] += bytes;
    }

    /** Takes up a new head packet, new work or a new curve of a leaf that stays backlogged. */
    void proceed(int leaf, long nowNs) {
        long eligibleNs = eligibleNs(leaf);
        if (table.has(leaf, ELIGIBLE)) {
            if (eligibleNs <= nowNs) {
                deadlines.update(BASE, eligibleCount, deadlineNs(leaf), leaf);
            } else {
                removeEligible(leaf);
                addIneligible(leaf, eligibleNs);
            }
        } else {
            eligibleTimes.update(BASE, ineligibleCount, eligibleNs, leaf);
        }
    }

    /** After service by link share: the deadline is that of another head packet, the eligible time is as it was. */
    void newHead(int leaf) {
        if (table.has(leaf, ELIGIBLE)) {
            deadlines.update(BASE, eligibleCount, deadlineNs(leaf), leaf);
        }
    }

    private void ripenSome(long nowNs) {
        int count = 0;
        while (count < ripe.length && ineligibleCount > 0 && eligibleTimes.leastKey(BASE) <= nowNs) {
            int leaf = eligibleTimes.leastId(BASE);
            eligibleTimes.remove(BASE, ineligibleCount--, leaf);
            ripe[count++] = leaf;
        }
        prefetch.beforeDequeue(ripe, count);
        for (int i = 0; i < count; i++) {
            table.lower(ripe[i], INELIGIBLE);
            addEligible(ripe[i]);
        }
    }

    private long eligibleNs(int leaf) {
        int at = at(leaf);
        return REAL_TIME.eligible(table.words, at, table.words[at + RT_WORK]);
    }

    private long deadlineNs(int leaf) {
        int at = at(leaf);
        int headBytes = overhead.wireBytes((int) table.words[at + COUNT]);
        return REAL_TIME.inverse(table.words, at, table.words[at + RT_WORK] + headBytes);
    }

    private void addEligible(int leaf) {
        deadlines.push(BASE, eligibleCount++, deadlineNs(leaf), leaf);
        table.raise(leaf, ELIGIBLE);
    }

    private void removeEligible(int leaf) {
        deadlines.remove(BASE, eligibleCount--, leaf);
        table.lower(leaf, ELIGIBLE);
    }

    private void addIneligible(int leaf, long eligibleNs) {
        eligibleTimes.push(BASE, ineligibleCount++, eligibleNs, leaf);
        table.raise(leaf, INELIGIBLE);
    }

    private void removeIneligible(int leaf) {
        eligibleTimes.remove(BASE, ineligibleCount--, leaf);
        table.lower(leaf, INELIGIBLE);
    }
}
