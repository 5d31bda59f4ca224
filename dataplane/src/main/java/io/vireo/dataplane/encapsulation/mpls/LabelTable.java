package io.vireo.dataplane.encapsulation.mpls;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dpdk.Memory;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * What the virtual routers do with labels that come in: the incoming label maps with their next-hop label forwarding entries (RFC 3031
 * §3.10, §3.11). The label space is per platform, and the platform is the virtual router. A hash table with chains, in native memory; a
 * record is a cache line.
 *
 * <pre>
 *    0  virtual router      4  label
 *    8  next record of the chain, 0 at its end
 *   12  next hop: an index of an adjacency or group; of an entry that takes labels off for the router itself 0
 *   16  interface that receives what is underneath then; -1: the one by which the packet came
 *   20  flags: 1 = TTLs are uniform, 2 = it takes the label off for the router itself
 *   24  how many labels take the place of the one that came; 0: it is taken off
 *   28  index of the counters
 *   32  these labels, the outermost first, each where a stack's entry has it: {@link LabelSpec#MAX_OUT} of them
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, per packet with labels. A record is complete before it is chained, in one store, in
 * the place of the one that it replaces; unchained, it keeps its own link until every worker has forgotten it.
 */
public final class LabelTable {
    /** No record. */
    public static final long NONE = 0;

    private static final int RECORD_SHIFT = 6;
    private static final int ROUTER = 0;
    private static final int LABEL = 4;
    private static final int NEXT = 8;
    private static final int NEXT_HOP = 12;
    private static final int RECEIVER = 16;
    private static final int FLAGS = 20;
    private static final int OUT_COUNT = 24;
    private static final int COUNTERS = 28;
    private static final int OUT = 32;

    private static final int UNIFORM = 1;
    private static final int LOCAL = 2;

    /** 2^64 divided by the golden ratio: spreads keys over the chains (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final int capacity;
    private final long records;
    private final long chains;
    private final int chainMask;

    /** Takes memory for the indices 1 to {@code capacity - 1}; it is used only as it fills. */
    public LabelTable(int capacity) {
        this.capacity = capacity;
        records = new Region((long) capacity << RECORD_SHIFT).address();
        int chainCount = BitUtil.findNextPositivePowerOfTwo(capacity);
        chainMask = chainCount - 1;
        chains = new Region((long) chainCount << 2).address();
    }

    /** Above every index. */
    public int capacity() {
        return capacity;
    }

    /**
     * The record of a router's label, or {@link #NONE}.
     *
     * <p>Plain reads: their partner are the releases in {@link #put} and {@link #remove}, and each load depends on the one that led to it.
     */
    public long lookup(int router, int label) {
        int index = Memory.getInt(chain(router, label));
        while (index != 0) {
            long record = record(index);
            if (Memory.getInt(record + LABEL) == label && Memory.getInt(record + ROUTER) == router) {
                return record;
            }
            index = Memory.getInt(record + NEXT);
        }
        return NONE;
    }

    /** Whether the label is taken off and the router itself, or another, goes on with what is underneath. */
    public static boolean isLocal(long record) {
        return (Memory.getInt(record + FLAGS) & LOCAL) != 0;
    }

    /** Whether all TTLs of a stack are one (RFC 3443 §3.1); else each is its own. */
    public static boolean isUniform(long record) {
        return (Memory.getInt(record + FLAGS) & UNIFORM) != 0;
    }

    public static int nextHop(long record) {
        return Memory.getInt(record + NEXT_HOP);
    }

    /** The interface that receives what is underneath, or {@link LabelSpec#NO_INTERFACE}. */
    public static int receiver(long record) {
        return Memory.getInt(record + RECEIVER);
    }

    /** How many labels take the place of the one that came. */
    public static int outCount(long record) {
        return Memory.getInt(record + OUT_COUNT);
    }

    /** One of these labels, the outermost is 0, where a stack's entry has it. */
    public static int out(long record, int index) {
        return Memory.getInt(record + OUT + ((long) index << 2));
    }

    /** Index of the label's counters. */
    public static int counters(long record) {
        return Memory.getInt(record + COUNTERS);
    }

    /**
     * Writes a record at an index that no worker can reach, and shows it to the workers in the place of another. Conductor only.
     *
     * @param replaced record of the same router and label, or {@link #NONE}.
     */
    public void put(int index, LabelSpec spec, int nextHop, int counters, long replaced) {
        long record = record(index);
        Memory.putInt(record + ROUTER, spec.routerId());
        Memory.putInt(record + LABEL, spec.label());
        Memory.putInt(record + NEXT_HOP, nextHop);
        Memory.putInt(record + RECEIVER, spec.receiverInterfaceId());
        Memory.putInt(record + FLAGS, (spec.isUniform() ? UNIFORM : 0) | (spec.isLocal() ? LOCAL : 0));
        Memory.putInt(record + OUT_COUNT, spec.outCount());
        Memory.putInt(record + COUNTERS, counters);
        for (int n = 0; n < spec.outCount(); n++) {
            Memory.putInt(record + OUT + ((long) n << 2), LabelEntry.ofLabel(spec.out(n)));
        }
        long link = chain(spec.routerId(), spec.label());
        if (replaced == NONE) {
            Memory.putInt(record + NEXT, Memory.getInt(link));
        } else {
            link = linkTo(indexOf(replaced), link);
            Memory.putInt(record + NEXT, Memory.getInt(replaced + NEXT));
        }
        // Release: a worker that finds the record (lookup) sees all of it.
        UnsafeApi.putIntRelease(null, link, index);
    }

    /** Takes a record out. Its index may be used anew once every worker has forgotten it. Conductor only. */
    public void remove(long record) {
        long link = linkTo(indexOf(record), chain(router(record), label(record)));
        // Release: as in put; what follows was complete before.
        UnsafeApi.putIntRelease(null, link, Memory.getInt(record + NEXT));
    }

    private long linkTo(int index, long first) {
        long link = first;
        while (Memory.getInt(link) != index) {
            link = record(Memory.getInt(link)) + NEXT;
        }
        return link;
    }

    public static int router(long record) {
        return Memory.getInt(record + ROUTER);
    }

    public static int label(long record) {
        return Memory.getInt(record + LABEL);
    }

    /** Says in a spec what a record holds, but for the next hops. */
    public static void describe(long record, LabelSpec into) {
        into.of(router(record), label(record)).uniform(isUniform(record));
        if (isLocal(record)) {
            into.local(receiver(record));
        }
        for (int n = 0; n < outCount(record); n++) {
            into.push(LabelEntry.label(out(record, n)));
        }
    }

    private long chain(int router, int label) {
        long hash = ((long) router << 20 | label) * GOLDEN;
        return chains + ((hash >>> 32 & chainMask) << 2);
    }

    /** The index of a record. */
    public int indexOf(long record) {
        return (int) ((record - records) >>> RECORD_SHIFT);
    }

    /** The record of an index, which is not checked. */
    public long record(int index) {
        return records + ((long) index << RECORD_SHIFT);
    }
}
