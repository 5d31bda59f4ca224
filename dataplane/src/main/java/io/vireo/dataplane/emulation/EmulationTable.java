package io.vireo.dataplane.emulation;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * How the wires behind interfaces are emulated, in native memory: a line per interface, and records of two lines with parameters.
 *
 * <pre>
 *   interface:   0  record, 0 = none    4  life: how often an interface of this id has gone    8  busy until, 2^-6 ns
 *
 *   record:      0  mean delay, ns               8  jitter, ns
 *               16  time per byte, 2^-26 ns; 0 = no rate        24  longest wait for the rate, 2^-6 ns
 *               32  loss         40  into the bad state    48  out of it    56  loss there    64  loss in the good state
 *               72  not delayed  80  twice                 88  limit, packets    92  distribution    96  order kept
 *              100  router of the interface
 *              104  seed, 0 = any    112  episode: another whenever chance begins anew
 * </pre>
 *
 * Probabilities are thresholds for a random number of 32 bits. A record never changes while an interface leads to it, and is filled
 * anew only after every worker has forgotten it. Writer: the conductor; but for the time until which a wire is busy, which workers
 * move by compare-and-set. Readers: every worker, per packet of such an interface.
 */
public final class EmulationTable {
    /** Stands for a wire as it is; no record has this index. */
    public static final int NONE = 0;

    /** {@link #depart}: the packet would wait too long. */
    static final long FULL = Long.MIN_VALUE;

    /** Bytes that a frame takes on the wire beyond itself: preamble, FCS and gap (IEEE 802.3 §4.2). */
    private static final int WIRE_OVERHEAD_BYTES = 24;

    /** Packets of its length that may wait before a packet, however slow the wire. */
    private static final int MIN_QUEUE_PACKETS = 3;

    private static final int TIME_SHIFT = 6;
    private static final int BYTE_SHIFT = 26;
    private static final long NS_PER_BYTE_AT_1_BIT = 8_000_000_000L;

    private static final int LINE_SHIFT = 6;
    private static final int RECORD = 0;
    private static final int LIFE = 4;
    private static final int BUSY_UNTIL = 8;

    private static final int RECORD_SHIFT = 7;
    private static final int DELAY = 0;
    private static final int JITTER = 8;
    private static final int TIME_PER_BYTE = 16;
    private static final int QUEUE = 24;
    private static final int LOSS = 32;
    private static final int BURST_ENTER = 40;
    private static final int BURST_LEAVE = 48;
    private static final int BURST_LOSS_BAD = 56;
    private static final int BURST_LOSS_GOOD = 64;
    private static final int REORDER = 72;
    private static final int DUPLICATE = 80;
    private static final int LIMIT = 88;
    private static final int DISTRIBUTION = 92;
    private static final int KEEP_ORDER = 96;
    private static final int ROUTER = 100;
    private static final int SEED = 104;
    private static final int EPISODE = 112;

    private final long lines;
    private final long published;
    private final long records;
    private final int capacity;

    /** Takes memory for so many interfaces, and records below {@code capacity}; it is used only as they are filled. */
    public EmulationTable(int maxInterfaces, int capacity) {
        this.capacity = capacity;
        lines = new Region((long) maxInterfaces << LINE_SHIFT).address();
        published = new Region(Integer.BYTES).address();
        records = new Region((long) capacity << RECORD_SHIFT).address();
    }

    /** Above every index of a record. */
    public int capacity() {
        return capacity;
    }

    /** Index of an interface's record, or {@link #NONE}. */
    public int index(int interfaceId) {
        return Memory.getInt(line(interfaceId) + RECORD);
    }

    /** Address of an interface's record, or 0. Plain; its partner is the release in {@link #publish}, and what follows depends on it. */
    long recordOf(int interfaceId) {
        int index = index(interfaceId);
        return index == NONE ? 0 : record(index);
    }

    /** How often an interface of this id has gone. Plain; its partner is the release in {@link #end}. */
    int life(int interfaceId) {
        return Memory.getInt(line(interfaceId) + LIFE);
    }

    /**
     * Puts a frame on a wire behind what waits for it already, whichever worker put that there.
     *
     * @return when its last bit has left, or {@link #FULL}.
     */
    long depart(int interfaceId, long record, int frameBytes, long nowNs) {
        long perByte = Memory.getLong(record + TIME_PER_BYTE);
        if (perByte == 0) {
            return nowNs;
        }
        long now = nowNs << TIME_SHIFT;
        long takes = ((frameBytes + WIRE_OVERHEAD_BYTES) * perByte) >>> (BYTE_SHIFT - TIME_SHIFT);
        long maxWait = Math.max(Memory.getLong(record + QUEUE), MIN_QUEUE_PACKETS * takes);
        long address = line(interfaceId) + BUSY_UNTIL;
        while (true) {
            long busyUntil = UnsafeApi.getLongVolatile(null, address);
            long begins = Math.max(now, busyUntil);
            if (begins - now > maxWait) {
                return FULL;
            }
            if (UnsafeApi.compareAndSetLong(null, address, busyUntil, begins + takes)) {
                return (begins + takes + (1 << TIME_SHIFT) - 1) >> TIME_SHIFT;
            }
        }
    }

    static long delayNs(long record) {
        return Memory.getLong(record + DELAY);
    }

    static long jitterNs(long record) {
        return Memory.getLong(record + JITTER);
    }

    static int distribution(long record) {
        return Memory.getInt(record + DISTRIBUTION);
    }

    static boolean isOrderKept(long record) {
        return Memory.getInt(record + KEEP_ORDER) != 0;
    }

    static long loss(long record) {
        return Memory.getLong(record + LOSS);
    }

    /** Of changing over to the other state. */
    static long burstChange(long record, boolean isBad) {
        return Memory.getLong(record + (isBad ? BURST_LEAVE : BURST_ENTER));
    }

    /** Whether there are two states at all: else what is lost is lost independently. */
    static boolean hasBursts(long record) {
        return (Memory.getLong(record + BURST_ENTER) | Memory.getLong(record + BURST_LOSS_GOOD)) != 0;
    }

    static long burstLoss(long record, boolean isBad) {
        return Memory.getLong(record + (isBad ? BURST_LOSS_BAD : BURST_LOSS_GOOD));
    }

    static long reorder(long record) {
        return Memory.getLong(record + REORDER);
    }

    static long duplicate(long record) {
        return Memory.getLong(record + DUPLICATE);
    }

    static int limit(long record) {
        return Memory.getInt(record + LIMIT);
    }

    /** The virtual router that sends by the wire. */
    static int router(long record) {
        return Memory.getInt(record + ROUTER);
    }

    static long seed(long record) {
        return Memory.getLong(record + SEED);
    }

    static long episode(long record) {
        return Memory.getLong(record + EPISODE);
    }

    /**
     * Fills a record that no worker can reach. Conductor only.
     *
     * @param router that sends by the wire.
     */
    public void define(int index, EmulationSpec spec, int router, long episode) {
        if (spec.jitterNs() != 0) {
            DelaySamples.prepare();
        }
        long record = record(index);
        long rate = spec.rateBitsPerSecond();
        Memory.putLong(record + DELAY, spec.delayNs());
        Memory.putLong(record + JITTER, spec.jitterNs());
        Memory.putLong(record + TIME_PER_BYTE, rate == 0 ? 0 : (NS_PER_BYTE_AT_1_BIT << BYTE_SHIFT) / rate);
        Memory.putLong(record + QUEUE, spec.queueNs() << TIME_SHIFT);
        Memory.putLong(record + LOSS, threshold(spec.loss()));
        Memory.putLong(record + BURST_ENTER, threshold(spec.burstEnter()));
        Memory.putLong(record + BURST_LEAVE, threshold(spec.burstLeave()));
        Memory.putLong(record + BURST_LOSS_BAD, threshold(spec.burstLossBad()));
        Memory.putLong(record + BURST_LOSS_GOOD, threshold(spec.burstLossGood()));
        Memory.putLong(record + REORDER, threshold(spec.reorder()));
        Memory.putLong(record + DUPLICATE, threshold(spec.duplicate()));
        Memory.putInt(record + LIMIT, spec.limitPackets());
        Memory.putInt(record + DISTRIBUTION, spec.distribution().code());
        Memory.putInt(record + KEEP_ORDER, spec.isOrderKept() ? 1 : 0);
        Memory.putInt(record + ROUTER, router);
        Memory.putLong(record + SEED, spec.seed());
        Memory.putLong(record + EPISODE, episode);
    }

    private static long threshold(int perBillion) {
        return ((long) perBillion << Integer.SIZE) / EmulationSpec.ALWAYS;
    }

    /** Whether two records say the same, but for their episodes. Conductor only. */
    public boolean isSame(int index, int other) {
        boolean isSame = true;
        for (int offset = 0; offset < EPISODE; offset += Long.BYTES) {
            isSame &= Memory.getLong(record(index) + offset) == Memory.getLong(record(other) + offset);
        }
        return isSame;
    }

    /** The seed that a record was given, 0 = any. Conductor only. */
    public long seed(int index) {
        return seed(record(index));
    }

    /** The episode of a record. Conductor only. */
    public long episode(int index) {
        return episode(record(index));
    }

    /** Whether no wire is emulated. Plain: a worker may know of the first one a moment later. */
    public boolean isEmpty() {
        return Memory.getInt(published) == 0;
    }

    /** Leads an interface to a complete record, or to {@link #NONE}. Conductor only. */
    public void publish(int interfaceId, int index) {
        int more = (index == NONE ? 0 : 1) - (index(interfaceId) == NONE ? 0 : 1);
        Memory.putInt(published, Memory.getInt(published) + more);
        // Release: a worker that reads the index (recordOf) also sees the record.
        UnsafeApi.putIntRelease(null, line(interfaceId) + RECORD, index);
    }

    /** The interface goes: what is on its wire does not arrive. Conductor only. */
    public void end(int interfaceId) {
        publish(interfaceId, NONE);
        Memory.putLong(line(interfaceId) + BUSY_UNTIL, 0);
        // Release: whoever finds another interface of this id, whose record is shown later, also finds another life.
        UnsafeApi.putIntRelease(null, line(interfaceId) + LIFE, life(interfaceId) + 1);
    }

    private long line(int interfaceId) {
        return lines + ((long) interfaceId << LINE_SHIFT);
    }

    private long record(int index) {
        return records + ((long) index << RECORD_SHIFT);
    }
}
