package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.COUNT;
import static io.vireo.dataplane.schedule.ClassTable.ENDS;
import static io.vireo.dataplane.schedule.ClassTable.LIMITS;
import static io.vireo.dataplane.schedule.ClassTable.LINKS;
import static io.vireo.dataplane.schedule.ClassTable.ROOT;

/**
 * Brings the state of classes into the cache, many at a time.
 *
 * <p>With 100,000 classes nearly every first look at a class, its queue or its parent misses the cache. One miss after
 * another costs 150 ns each on a machine of 2025, a dozen independent ones at once about 12 ns each; so before a batch
 * is worked on, one word of each line it will need is read, in rounds that depend only on the round before. Java has no
 * prefetch instruction; the words are summed so that the reads cannot be left out. A small port's state is in the cache anyway.
 * Single writer.
 */
final class Prefetch {
    /** With fewer classes, less than a megabyte is ever looked at. */
    private static final int WORTH_FETCHING = 2_048;

    private final ClassTable table;
    private final Parents parents;
    private final PacketPool pool;
    private final BufferQuotas quotas;
    private final ClassStatistics statistics;
    private long sink;

    Prefetch(ClassTable table, Parents parents, PacketPool pool, BufferQuotas quotas, ClassStatistics statistics) {
        this.table = table;
        this.parents = parents;
        this.pool = pool;
        this.quotas = quotas;
        this.statistics = statistics;
    }

    /** For classes that packets will be put into; ids that are none are skipped. */
    void beforeEnqueue(int[] classIds, int from, int end) {
        if (table.count() < WORTH_FETCHING) {
            return;
        }
        long sum = 0;
        for (int i = from; i < end; i++) {
            sum += lines(classIds[i]);
        }
        for (int i = from; i < end; i++) {
            sum += isKnown(classIds[i]) ? behind(classIds[i], table.low(classIds[i], ENDS)) : 0;
        }
        sink = sum;
    }

    /** For leaves that packets will be taken from. */
    void beforeDequeue(int[] leaves, int count) {
        if (table.count() < WORTH_FETCHING) {
            return;
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += lines(leaves[i]) + statistics.touch(leaves[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += behind(leaves[i], table.high(leaves[i], ENDS)) + above(leaves[i]);
        }
        sink = sum;
    }

    /** For classes whose children will be looked at. */
    void parents(int[] classIds, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Words.get(table.at(classIds[i]) + LINKS) + parents.touch(classIds[i]);
        }
        sink = sum;
    }

    /** What was read, to make the reading matter. */
    long sink() {
        return sink;
    }

    private boolean isKnown(int classId) {
        return classId >= 0 && classId < table.capacity;
    }

    private long lines(int classId) {
        return isKnown(classId) ? Words.get(table.at(classId) + COUNT) + Words.get(table.at(classId) + LINKS) : 0;
    }

    private long behind(int classId, int node) {
        return pool.packet(node) + quotas.packets(table.low(classId, LIMITS));
    }

    private long above(int classId) {
        int parent = table.parent(classId);
        return parent > ROOT ? Words.get(table.at(parent) + LINKS) + parents.touchSeat(parent, classId) : 0;
    }
}
