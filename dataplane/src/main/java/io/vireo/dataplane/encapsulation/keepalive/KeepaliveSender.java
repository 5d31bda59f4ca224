package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.interfaces.FrameMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.KeepaliveState;
import io.vireo.dataplane.wire.counters.KeepaliveWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * Sends keepalives when they are due, and decides by the replies. Single user: the first worker.
 *
 * <p>A request is lost when there is no reply by the time of the next one; so many in a row, and the tunnel is down: between
 * {@code misses} and {@code misses + 1} intervals after its far end has fallen silent. One reply, and it is up. Until the first
 * reply, or so many losses, it is neither.
 *
 * <p>Through a tunnel of frames a request goes to the MAC address of the target. As long as that is not known, and after each loss, the
 * stations there are asked for it; the request goes as soon as one has answered, in the same interval.
 */
public final class KeepaliveSender {
    /** Maximum requests that are sent in one round. */
    public static final int LIMIT = 32;

    /** How exactly requests are sent, and replies seen. */
    private static final long LOOK_NS = 5_000_000L;

    private static final int PENDING = KeepaliveState.PENDING.code();
    private static final int UP = KeepaliveState.UP.code();
    private static final int DOWN = KeepaliveState.DOWN.code();

    private final KeepaliveTable table;
    private final InterfaceTable interfaces;
    private final Mempool pool;
    private final TxFrames txFrames;
    private final Encapsulator encapsulator;
    private final KeepaliveWriter shown;
    private final MbufArray fresh = MbufArray.allocate(1);
    private int position = KeepaliveTable.FIRST;
    private boolean hasLooked;
    private long nextLookNs;

    public KeepaliveSender(
            KeepaliveTable table,
            InterfaceTable interfaces,
            Mempool pool,
            TxFrames txFrames,
            Encapsulator encapsulator,
            KeepaliveWriter shown) {
        this.table = table;
        this.interfaces = interfaces;
        this.pool = pool;
        this.txFrames = txFrames;
        this.encapsulator = encapsulator;
        this.shown = shown;
    }

    /** Lists what is due; returns how many requests. */
    public int poll(long nowNs) {
        if (hasLooked && nowNs - nextLookNs < 0) {
            return 0;
        }
        int end = Math.min(table.end(), position + LIMIT);
        int sent = 0;
        for (int index = position; index < end; index++) {
            sent += look(index, table.record(index), nowNs);
        }
        position = end;
        if (position >= table.end()) {
            position = KeepaliveTable.FIRST;
            nextLookNs = nowNs + LOOK_NS;
            hasLooked = true;
        }
        return sent;
    }

    private int look(int index, long record, long nowNs) {
        long life = KeepaliveTable.life(record);
        if (life != Memory.getLong(record + KeepaliveTable.KNOWN_LIFE)) {
            begin(record, life, nowNs);
        }
        if (life == 0) {
            return 0;
        }
        hear(record);
        if (nowNs - Memory.getLong(record + KeepaliveTable.DUE_NS) < 0) {
            return sendWaiting(index, record, nowNs);
        }
        decide(record);
        int number = Memory.getInt(record + KeepaliveTable.NUMBER) + 1;
        schedule(record, nowNs);
        KeepaliveTable.sent(record, number, nowNs);
        show(record);
        return send(index, record, number) ? 1 : 0;
    }

    /** Sends the request that waited for a MAC address, if that has come. */
    private int sendWaiting(int index, long record, long nowNs) {
        boolean isReady = Memory.getInt(record + KeepaliveTable.WAITS) != 0
                && KeepaliveTable.station(record) != StationQuestion.UNKNOWN;
        if (!isReady) {
            return 0;
        }
        int number = Memory.getInt(record + KeepaliveTable.NUMBER);
        KeepaliveTable.sent(record, number, nowNs);
        return send(index, record, number) ? 1 : 0;
    }

    /** The record is another tunnel's than at the last look, or nobody's any more. */
    private void begin(long record, long life, long nowNs) {
        if (Memory.getLong(record + KeepaliveTable.KNOWN_LIFE) != 0) {
            shown.end(
                    Memory.getInt(record + KeepaliveTable.SHOWN_INTERFACE),
                    Memory.getLong(record + KeepaliveTable.KNOWN_LIFE));
        }
        Memory.putLong(record + KeepaliveTable.KNOWN_LIFE, life);
        Memory.putLong(record + KeepaliveTable.DUE_NS, nowNs);
        Memory.putInt(record + KeepaliveTable.NUMBER, 0);
        Memory.putInt(record + KeepaliveTable.LOST, 0);
        Memory.putInt(record + KeepaliveTable.STATE, PENDING);
        Memory.putInt(record + KeepaliveTable.SHOWN_INTERFACE, KeepaliveTable.interfaceId(record));
        Memory.putInt(record + KeepaliveTable.SEEN_REPLY, 0);
        Memory.putInt(record + KeepaliveTable.WAITS, 0);
    }

    private void hear(long record) {
        int newest = KeepaliveTable.newestReply(record);
        if (newest != Memory.getInt(record + KeepaliveTable.SEEN_REPLY)) {
            Memory.putInt(record + KeepaliveTable.SEEN_REPLY, newest);
            Memory.putInt(record + KeepaliveTable.STATE, UP);
            show(record);
        }
    }

    /** Whether the last request has been answered. */
    private static void decide(long record) {
        int unanswered = Memory.getInt(record + KeepaliveTable.NUMBER) - KeepaliveTable.newestReply(record);
        if (unanswered > 0) {
            Memory.putInt(record + KeepaliveTable.LOST, Memory.getInt(record + KeepaliveTable.LOST) + 1);
            KeepaliveTable.setStation(record, StationQuestion.UNKNOWN); // another may be there
        }
        if (unanswered >= KeepaliveTable.misses(record)) {
            Memory.putInt(record + KeepaliveTable.STATE, DOWN);
        }
    }

    /** After a pause no request is made up for. */
    private static void schedule(long record, long nowNs) {
        long intervalNs = KeepaliveTable.intervalNs(record);
        long dueNs = Memory.getLong(record + KeepaliveTable.DUE_NS) + intervalNs;
        Memory.putLong(record + KeepaliveTable.DUE_NS, dueNs - nowNs > 0 ? dueNs : nowNs + intervalNs);
    }

    private void show(long record) {
        shown.show(
                KeepaliveTable.interfaceId(record),
                Memory.getLong(record + KeepaliveTable.KNOWN_LIFE),
                Memory.getInt(record + KeepaliveTable.STATE),
                Memory.getInt(record + KeepaliveTable.NUMBER),
                Memory.getInt(record + KeepaliveTable.LOST),
                KeepaliveTable.roundTripNs(record));
    }

    /** Sends a request past the routes: they may lead elsewhere while the tunnel is down. One that cannot be sent is lost. */
    private boolean send(int index, long record, int number) {
        long interfaceRecord = interfaces.record(KeepaliveTable.interfaceId(record));
        if (InterfaceTable.state(interfaceRecord) != InterfaceTable.UP || pool.allocate(fresh, 0, 1) == 0) {
            return false;
        }
        long mbuf = fresh.get(0);
        boolean isSent = FrameMark.isSet(interfaceRecord)
                ? sendFrame(index, record, number, mbuf, interfaceRecord)
                : sendPacket(mbuf, writeRequest(mbuf, index, record, number), true, interfaceRecord, record);
        if (!isSent) {
            Mempool.free(fresh, 0, 1);
        }
        return isSent;
    }

    /** Sends a request in a frame; or, in its place, the question for whom the frame would be. */
    private boolean sendFrame(int index, long record, int number, long mbuf, long interfaceRecord) {
        long own = InterfaceTable.destinationOf(interfaceRecord);
        long station = KeepaliveTable.station(record);
        boolean isKnown = station != StationQuestion.UNKNOWN;
        boolean isIpv6 = KeepaliveTable.isIpv6(record);
        Memory.putInt(record + KeepaliveTable.WAITS, isKnown ? 0 : 1);
        int bytes = isKnown ? writeRequest(mbuf, index, record, number) : writeQuestion(mbuf, record, own);
        long frame = Mbuf.dataAddress(mbuf);
        Memory.putLong(frame, (isKnown ? station : StationQuestion.destination(record)) | own << 48);
        Memory.putInt(frame + Long.BYTES, (int) (own >>> 16));
        boolean isIp = isKnown || isIpv6;
        int ipType = isIpv6 ? Ethernet.WIRE_IPV6 : Ethernet.WIRE_IPV4;
        Memory.putShort(frame + Ethernet.TYPE, (short) (isIp ? ipType : Ethernet.WIRE_ARP));
        return sendPacket(mbuf, bytes, isIp, interfaceRecord, record);
    }

    private int writeQuestion(long mbuf, long record, long own) {
        return KeepaliveTable.isIpv6(record)
                ? StationQuestion.writeSolicitation(packet(mbuf), interfaces.addresses(), record, own)
                : StationQuestion.writeArp(packet(mbuf), interfaces.addresses(), record, own);
    }

    private int writeRequest(long mbuf, int index, long record, int number) {
        return KeepaliveTable.isIpv6(record)
                ? EchoRequest.writeIpv6(packet(mbuf), interfaces.addresses(), record, index, number)
                : EchoRequest.writeIpv4(packet(mbuf), interfaces.addresses(), record, index, number);
    }

    private static long packet(long mbuf) {
        return Mbuf.dataAddress(mbuf) + Ethernet.HEADER_BYTES;
    }

    /** Sends what has been written, if it has any bytes. */
    private boolean sendPacket(long mbuf, int bytes, boolean isIp, long interfaceRecord, long record) {
        if (bytes == 0) {
            return false;
        }
        Mbuf.append(mbuf, Ethernet.HEADER_BYTES + bytes);
        int disposition = encapsulator.sendAsIs(
                txFrames,
                mbuf,
                packet(mbuf),
                bytes,
                isIp,
                InterfaceTable.router(interfaceRecord),
                KeepaliveTable.encapsulation(record));
        if (disposition != Disposition.FORWARD) {
            return false;
        }
        txFrames.markOwnControl();
        return true;
    }
}
