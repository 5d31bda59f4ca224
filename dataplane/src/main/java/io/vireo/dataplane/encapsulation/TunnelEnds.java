package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * Which interface a packet within a packet is for: the ends of tunnels, found by what the outer packet says. A hash table with
 * chains, in native memory; a record is a cache line.
 *
 * <pre>
 *    0  source, high half     8  low half: the far end          (an IPv4 address stands in the low half)
 *   16  destination, high    24  low half: this end
 *   32  virtual router the outer packet is for
 *   36  kind: the code of the encapsulation, with {@link #KEYED} if the tunnel has a key, which may be 0, and of one within UDP the
 *       {@linkplain #ofUdp port}
 *   40  key of the tunnel, 0 where it has none
 *   44  interface; of a record that counts tunnels ({@code TunnelPairs}), their number
 *   48  next record of the chain, 0 at its end
 *   52  options: what the kind asks of a packet; from bit 16 the modes, see {@link #modes}
 *   56  state: what the kind remembers of the packets that came, 0 at first; of a record that counts tunnels, see {@link #number}
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, per packet for the router itself that may be a tunnel's. A record is
 * complete before it is chained, in one store; unchained, it keeps its own link until every worker has forgotten it, so a worker
 * that stands on it finds the rest of the chain. The state is the workers', who write it as the kind says.
 */
public final class TunnelEnds {
    /** No interface. */
    public static final int NONE = -1;

    /** Bit of a kind: the tunnel has a key. */
    public static final int KEYED = 1 << 8;

    /** No record. */
    public static final long NO_RECORD = 0;

    private static final int RECORD_SHIFT = 6;
    private static final int SOURCE_HIGH = 0;
    private static final int SOURCE_LOW = 8;
    private static final int DESTINATION_HIGH = 16;
    private static final int DESTINATION_LOW = 24;
    private static final int ROUTER = 32;
    private static final int KIND = 36;
    private static final int KEY = 40;
    private static final int INTERFACE = 44;
    private static final int NEXT = 48;
    private static final int OPTIONS = 52;
    private static final int STATE = 56;
    private static final int MODES_SHIFT = 16;
    private static final int UDP_PORT_SHIFT = 16;

    /** 2^64 divided by the golden ratio: spreads keys over the chains (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final long records;
    private final long chains;
    private final int chainMask;

    /** Takes memory for the indices 1 to {@code capacity - 1}; it is used only as it fills. */
    public TunnelEnds(int capacity) {
        records = new Region((long) capacity << RECORD_SHIFT).address();
        int chainCount = BitUtil.findNextPositivePowerOfTwo(capacity);
        chainMask = chainCount - 1;
        chains = new Region((long) chainCount << 2).address();
    }

    /** The kind of tunnels to whose ends packets come at a UDP port: one may take another port than its neighbour. */
    public static int ofUdp(int kind, int port) {
        return kind | port << UDP_PORT_SHIFT;
    }

    /** The interface of a tunnel's end, or {@link #NONE}. */
    public int find(int router, int kind, long sourceHigh, long sourceLow, long destHigh, long destLow, int key) {
        long record = lookup(router, kind, sourceHigh, sourceLow, destHigh, destLow, key);
        return record == NO_RECORD ? NONE : interfaceId(record);
    }

    /**
     * The record of a tunnel's end, or {@link #NO_RECORD}.
     *
     * <p>Plain reads: their partner are the releases in {@link #add} and {@link #remove}, and each load depends on the one that led
     * to it.
     */
    public long lookup(int router, int kind, long sourceHigh, long sourceLow, long destHigh, long destLow, int key) {
        long chain = chain(router, kind, sourceHigh, sourceLow, destHigh, destLow, key);
        for (int index = Memory.getInt(chain); index != 0; index = Memory.getInt(record(index) + NEXT)) {
            long record = record(index);
            if (Memory.getLong(record + SOURCE_LOW) == sourceLow
                    && Memory.getLong(record + DESTINATION_LOW) == destLow
                    && Memory.getLong(record + SOURCE_HIGH) == sourceHigh
                    && Memory.getLong(record + DESTINATION_HIGH) == destHigh
                    && Memory.getInt(record + ROUTER) == router
                    && Memory.getInt(record + KIND) == kind
                    && Memory.getInt(record + KEY) == key) {
                return record;
            }
        }
        return NO_RECORD;
    }

    public static int interfaceId(long record) {
        return Memory.getInt(record + INTERFACE);
    }

    /** What the kind asks of a packet, in 16 bits. */
    public static int options(long record) {
        return Memory.getInt(record + OPTIONS) & 0xffff;
    }

    /** What {@link #add} takes as options: what the kind asks of a packet, and the modes. */
    public static int options(int kindOptions, int modes) {
        return modes << MODES_SHIFT | kindOptions;
    }

    /** How the fields of the outer header are carried inwards: {@link io.vireo.dataplane.wire.code.TunnelModes}. */
    public static int modes(long record) {
        return Memory.getInt(record + OPTIONS) >>> MODES_SHIFT;
    }

    /** Where the state of a record is, a multiple of eight. */
    public static long stateAddress(long record) {
        return record + STATE;
    }

    /** Of a record that counts tunnels: which of all there have been with its addresses, never 0; 0 once it is removed. */
    public static long number(long record) {
        return Memory.getLong(record + STATE);
    }

    /** Gives a record that counts tunnels its number. Conductor only. */
    public void setNumber(int index, long number) {
        Memory.putLong(record(index) + STATE, number);
    }

    /** Adds an end that is not there yet, at an index that no worker can reach. Conductor only. */
    public void add(
            int index,
            int router,
            int kind,
            long sourceHigh,
            long sourceLow,
            long destHigh,
            long destLow,
            int key,
            int options,
            int interfaceId) {
        long record = record(index);
        Memory.putLong(record + SOURCE_HIGH, sourceHigh);
        Memory.putLong(record + SOURCE_LOW, sourceLow);
        Memory.putLong(record + DESTINATION_HIGH, destHigh);
        Memory.putLong(record + DESTINATION_LOW, destLow);
        Memory.putInt(record + ROUTER, router);
        Memory.putInt(record + KIND, kind);
        Memory.putInt(record + KEY, key);
        Memory.putInt(record + INTERFACE, interfaceId);
        Memory.putInt(record + OPTIONS, options);
        Memory.putLong(record + STATE, 0);
        long chain = chainOf(record);
        Memory.putInt(record + NEXT, Memory.getInt(chain));
        // Release: a worker that finds the record (find) sees all of it.
        UnsafeApi.putIntRelease(null, chain, index);
    }

    /** Takes an end out. Its index may be used anew once every worker has forgotten it. Conductor only. */
    public void remove(int index) {
        long link = chainOf(record(index));
        while (Memory.getInt(link) != index) {
            link = record(Memory.getInt(link)) + NEXT;
        }
        // Release: as in add; what follows was complete before.
        UnsafeApi.putIntRelease(null, link, Memory.getInt(record(index) + NEXT));
    }

    private long chainOf(long record) {
        return chain(
                Memory.getInt(record + ROUTER),
                Memory.getInt(record + KIND),
                Memory.getLong(record + SOURCE_HIGH),
                Memory.getLong(record + SOURCE_LOW),
                Memory.getLong(record + DESTINATION_HIGH),
                Memory.getLong(record + DESTINATION_LOW),
                Memory.getInt(record + KEY));
    }

    private long chain(int router, int kind, long sourceHigh, long sourceLow, long destHigh, long destLow, int key) {
        long hash = (sourceHigh * GOLDEN + sourceLow) * GOLDEN + destHigh;
        hash = (hash * GOLDEN + destLow) * GOLDEN + ((long) router << 32 | Integer.toUnsignedLong(kind));
        hash = (hash * GOLDEN + key) * GOLDEN;
        return chains + ((hash >>> 32 & chainMask) << 2);
    }

    /** Gives a record that workers may see another interface, or number of tunnels. Conductor only. */
    public void setInterface(int index, int interfaceId) {
        Memory.putInt(record(index) + INTERFACE, interfaceId);
    }

    /** Changes how the fields of outer headers are carried inwards from now on. Conductor only. */
    public void setModes(int index, int modes) {
        long record = record(index);
        Memory.putInt(record + OPTIONS, options(options(record), modes));
    }

    /** The index of a record. */
    public int indexOf(long record) {
        return (int) ((record - records) >>> RECORD_SHIFT);
    }

    private long record(int index) {
        return records + ((long) index << RECORD_SHIFT);
    }
}
