package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dpdk.Memory;

/**
 * The labels that are put before the packets of adjacencies (the NHLFE of a FEC, RFC 3031 §3.12): a cache line per adjacency, in native
 * memory that is there only where it is used.
 *
 * <pre>
 *    0  how many
 *   32  the labels, the outermost first, each with its TTL where a stack's entry has them; TTL 0: the packet's
 * </pre>
 *
 * Single writer: the conductor, of a record only while no worker can reach it. Readers: every worker.
 */
public final class PushedLabels {
    private static final int RECORD_SHIFT = 6;
    private static final int COUNT = 0;
    private static final int ENTRIES = 32;

    private final long base;

    PushedLabels(int capacity) {
        base = new Region((long) capacity << RECORD_SHIFT).address();
    }

    /** How many labels a record has, at least one. */
    public static int count(long record) {
        return Memory.getInt(record + COUNT);
    }

    /** One of these labels with its TTL, the outermost is 0. */
    public static int entry(long record, int place) {
        return Memory.getInt(record + ENTRIES + ((long) place << 2));
    }

    long record(int adjacency) {
        return base + ((long) adjacency << RECORD_SHIFT);
    }

    void define(int adjacency, NextHops hops, int hop) {
        long record = record(adjacency);
        Memory.putInt(record + COUNT, hops.labelCount(hop));
        for (int n = 0; n < hops.labelCount(hop); n++) {
            Memory.putInt(record + ENTRIES + ((long) n << 2), hops.labelEntry(hop, n));
        }
    }

    /** Gives them to the next hop that was added last. */
    void describe(int adjacency, NextHops into) {
        long record = record(adjacency);
        for (int n = 0; n < count(record); n++) {
            into.pushEntry(entry(record, n));
        }
    }

    boolean isSame(int adjacency, NextHops hops, int hop) {
        long record = record(adjacency);
        boolean isSame = count(record) == hops.labelCount(hop);
        for (int n = 0; n < hops.labelCount(hop) && isSame; n++) {
            isSame = entry(record, n) == hops.labelEntry(hop, n);
        }
        return isSame;
    }
}
