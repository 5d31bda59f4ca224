package io.vireo.dataplane.emulation;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * One worker's emulated wires: takes what is sent by them, and lists it again when it is due. Single user: its worker.
 *
 * <p>In this order a frame meets: the limits (of the wire's packets, of the worker's), the rate, loss, the delay, duplication. So what
 * is lost has used the wire, and a copy has not: both happen underway.
 */
public final class Emulator {
    /** Frames that become due in one round, at most: more than a burst, so that what is held can only become less. */
    public static final int RELEASE_LIMIT = 256;

    /** Before a frame is due so soon a worker does not sleep: idle ones sleep half a millisecond. */
    private static final long AWAKE_NS = 1_000_000;

    private static final long AT_LAST_NS = Long.MAX_VALUE >> 1;

    private static final int LOST = DropReason.EMULATED_LOSS.code();
    private static final int QUEUE_FULL = DropReason.EMULATION_QUEUE_FULL.code();
    private static final int EGRESS_DOWN = DropReason.EGRESS_DOWN.code();
    private static final int NO_BUFFER = DropReason.NO_BUFFER.code();

    /** The increment of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    /** State of a wire at this worker: a line each. */
    private static final int LINE_SHIFT = 6;

    private static final int RANDOM = 0;
    private static final int EPISODE = 8;
    private static final int LAST_DUE = 16;
    private static final int HELD = 24;
    private static final int BAD = 28;
    private static final int LIFE = 32;

    private final int worker;
    private final EmulationTable table;
    private final Mempool pool;
    private final StatisticsWriter statistics;
    private final Discards discards;
    private final HeldFrames held;
    private final long lines;
    private final MbufArray fresh = MbufArray.allocate(1);

    /** @param maxHeld frames on all wires of this worker together. */
    public Emulator(
            int worker,
            int maxInterfaces,
            int maxHeld,
            EmulationTable table,
            Mempool pool,
            StatisticsWriter statistics,
            Discards discards) {
        this.worker = worker;
        this.table = table;
        this.pool = pool;
        this.statistics = statistics;
        this.discards = discards;
        held = new HeldFrames(maxHeld);
        lines = new Region((long) maxInterfaces << LINE_SHIFT).address();
    }

    /**
     * Whether it matters when, within a round, frames come to a wire: one that came while the worker was stopped is not as old as the
     * round, and would leave too early. Else the clock is not read twice, which costs plain packets a hundredth of their time.
     */
    public boolean needsTime() {
        return !table.isEmpty();
    }

    /**
     * Takes a frame that is sent by an emulated wire: it is held, or dropped.
     *
     * @return false when the wire is emulated no longer: the frame stays the caller's, to be sent at once.
     */
    public boolean hold(TxFrames frames, int k, long nowNs) {
        int interfaceId = frames.nextWire(k);
        long record = table.recordOf(interfaceId);
        if (record == 0) {
            return false;
        }
        long line = line(interfaceId);
        if (Memory.getLong(line + EPISODE) != EmulationTable.episode(record)) {
            begin(line, record, interfaceId);
        }
        boolean hasRoom = Memory.getInt(line + HELD) < EmulationTable.limit(record) && !held.isFull();
        long leftNs = hasRoom ? table.depart(interfaceId, record, frames.bytes[k], nowNs) : EmulationTable.FULL;
        if (leftNs == EmulationTable.FULL) {
            drop(frames, k, record, QUEUE_FULL);
        } else if (isLost(line, record)) {
            drop(frames, k, record, LOST);
        } else {
            add(frames, k, frames.mbuf[k], line, due(line, record, leftNs), nowNs);
            if (happens(line, EmulationTable.duplicate(record))) {
                duplicate(frames, k, line, due(line, record, leftNs), nowNs);
            }
        }
        return true;
    }

    /** Lists what is due; returns how much that was, or 1 where the worker should not sleep because something soon will be. */
    public int release(TxFrames into, long nowNs) {
        if (held.size() == 0) {
            return 0;
        }
        int released = 0;
        while (released < RELEASE_LIMIT) {
            int entry = held.poll(nowNs);
            if (entry == DelayWheel.NONE) {
                break;
            }
            released++;
            release(entry, into);
        }
        return released == 0 && held.nextNs() - nowNs < AWAKE_NS ? 1 : released;
    }

    private void release(int entry, TxFrames into) {
        int interfaceId = held.wire(entry);
        long line = line(interfaceId);
        Memory.putInt(line + HELD, Memory.getInt(line + HELD) - 1);
        if (held.life(entry) == table.life(interfaceId)) {
            held.list(entry, into);
        } else {
            // Its id, and its router's, may be another's by now.
            discards.drop(held.mbuf(entry), Burst.UNKNOWN, Burst.UNKNOWN, EGRESS_DOWN);
        }
        held.give(entry);
    }

    /** Frees what is on the wires. When the worker stops. */
    public void discardAll() {
        for (int entry = held.poll(AT_LAST_NS); entry != DelayWheel.NONE; entry = held.poll(AT_LAST_NS)) {
            discards.free(held.mbuf(entry));
            held.give(entry);
        }
    }

    /** Chance begins anew; what is on the wire, and its order, stays. */
    private void begin(long line, long record, int interfaceId) {
        long episode = EmulationTable.episode(record);
        long seed = EmulationTable.seed(record);
        Memory.putLong(line + EPISODE, episode);
        Memory.putLong(line + RANDOM, mix((seed == 0 ? episode : seed) + GOLDEN * interfaceId) + worker);
        Memory.putInt(line + BAD, 0);
        if (Memory.getInt(line + LIFE) != table.life(interfaceId)) {
            Memory.putInt(line + LIFE, table.life(interfaceId));
            Memory.putLong(line + LAST_DUE, 0);
        }
    }

    private boolean isLost(long line, long record) {
        boolean isLost = happens(line, EmulationTable.loss(record));
        // The channel's state goes on with each packet, whatever else has become of it.
        boolean isLostInBurst = EmulationTable.hasBursts(record) && isLostInBurst(line, record);
        return isLost || isLostInBurst;
    }

    /** As Gilbert and Elliott have it: the state decides, and may change for the next packet. */
    private boolean isLostInBurst(long line, long record) {
        boolean isBad = Memory.getInt(line + BAD) != 0;
        if (happens(line, EmulationTable.burstChange(record, isBad))) {
            Memory.putInt(line + BAD, isBad ? 0 : 1);
        }
        return happens(line, EmulationTable.burstLoss(record, isBad));
    }

    private long due(long line, long record, long leftNs) {
        if (happens(line, EmulationTable.reorder(record))) {
            return leftNs;
        }
        long delayNs = EmulationTable.delayNs(record);
        long jitterNs = EmulationTable.jitterNs(record);
        if (jitterNs != 0) {
            long deviationNs = DelaySamples.deviationNs(EmulationTable.distribution(record), jitterNs, random(line));
            delayNs = Math.max(0, delayNs + deviationNs);
        }
        long dueNs = leftNs + delayNs;
        long lastNs = Math.max(dueNs, Memory.getLong(line + LAST_DUE));
        Memory.putLong(line + LAST_DUE, lastNs);
        return EmulationTable.isOrderKept(record) ? lastNs : dueNs;
    }

    private void add(TxFrames frames, int k, long mbuf, long line, long dueNs, long nowNs) {
        Memory.putInt(line + HELD, Memory.getInt(line + HELD) + 1);
        held.add(frames, k, mbuf, table.life(frames.nextWire(k)), dueNs, nowNs);
    }

    /** A copy that cannot be made is counted, and the packet itself goes on. */
    private void duplicate(TxFrames frames, int k, long line, long dueNs, long nowNs) {
        if (held.isFull() || pool.allocate(fresh, 0, 1) == 0) {
            statistics.dropped(frames.router[k], NO_BUFFER, 1);
            return;
        }
        long copy = fresh.get(0);
        long original = frames.mbuf[k];
        int bytes = Mbuf.dataLength(original);
        if (bytes > Mbuf.tailroom(copy)) { // a port with longer buffers of its own received it
            discards.drop(copy, Burst.UNKNOWN, frames.router[k], NO_BUFFER);
            return;
        }
        Memory.copy(Mbuf.dataAddress(original), Mbuf.append(copy, bytes), bytes);
        Mbuf.setUserWord(copy, Mbuf.userWord(original)); // the ports of a fragment
        add(frames, k, copy, line, dueNs, nowNs);
    }

    /** Whose wire it is loses the packet: of a tunnel another interface, of another router, than those that it leaves by. */
    private void drop(TxFrames frames, int k, long record, int reason) {
        discards.drop(frames.mbuf[k], frames.nextWire(k), EmulationTable.router(record), reason);
    }

    private static boolean happens(long line, long threshold) {
        return threshold != 0 && random(line) >>> Integer.SIZE < threshold;
    }

    private static long random(long line) {
        long state = Memory.getLong(line + RANDOM) + GOLDEN;
        Memory.putLong(line + RANDOM, state);
        return mix(state);
    }

    private static long mix(long state) {
        long mixed = (state ^ (state >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }

    private long line(int interfaceId) {
        return lines + ((long) interfaceId << LINE_SHIFT);
    }
}
