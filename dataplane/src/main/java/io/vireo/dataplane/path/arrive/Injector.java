package io.vireo.dataplane.path.arrive;

import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.FrameMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.ControlProtocol;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/** Makes frames to send of those that the control plane sends out of interfaces. Single user: its worker. */
public final class Injector {
    private static final int INVALID = Disposition.drop(DropReason.INJECT_INVALID);
    private static final int INJECT_INVALID = DropReason.INJECT_INVALID.code();
    private static final int VPN_ID_FOREIGN = DropReason.VPN_ID_FOREIGN.code();
    private static final int NOT_MARKED = DropReason.NOT_MARKED.code();
    private static final int NO_BUFFER = DropReason.NO_BUFFER.code();
    private static final int ADDRESSES_BYTES = Ethernet.TYPE;

    private final InterfaceTable interfaces;
    private final Mempool pool;
    private final TxFrames txFrames;
    private final StatisticsWriter statistics;
    private final Encapsulator encapsulator;
    private final MbufArray fresh = MbufArray.allocate(1);

    public Injector(
            InterfaceTable interfaces,
            Mempool pool,
            TxFrames txFrames,
            StatisticsWriter statistics,
            Encapsulator encapsulator) {
        this.interfaces = interfaces;
        this.pool = pool;
        this.txFrames = txFrames;
        this.statistics = statistics;
        this.encapsulator = encapsulator;
    }

    /**
     * Copies an untagged frame into a buffer and adds it to the frames to send: with the interface's VLAN tag, or its packet
     * encapsulated. Network control is marked as the router's own: by protocol, so that a tenant cannot mark it.
     *
     * @return false when it was dropped (and counted): the interface is not up, or no buffer is left or long enough.
     */
    public boolean inject(int interfaceId, long frame, int length) {
        long record = interfaces.record(interfaceId);
        if (InterfaceTable.state(record) != InterfaceTable.UP) {
            return refuse(interfaceId, record, INJECT_INVALID);
        }
        if (pool.allocate(fresh, 0, 1) == 0) {
            return refuse(interfaceId, record, NO_BUFFER);
        }
        long mbuf = fresh.get(0);
        if (length + Ethernet.TAG_BYTES > Mbuf.tailroom(mbuf)) {
            Mempool.free(fresh, 0, 1);
            return refuse(interfaceId, record, INJECT_INVALID);
        }
        boolean isSent = switch (InterfaceTable.kind(record)) {
            case ACCESS ->
                InterfaceTable.marking(record) == InterfaceTable.UNMARKED
                        ? send(interfaceId, record, mbuf, frame, length)
                        : mark(interfaceId, record, mbuf, frame, length);
            case LINK -> send(interfaceId, record, mbuf, frame, length);
            case TUNNEL, SUBSTRATE -> encapsulate(interfaceId, record, mbuf, frame, length);
        };
        if (isSent && ControlProtocol.ofFrame(frame, length) != ControlProtocol.NONE) {
            txFrames.markOwnControl();
        }
        return isSent;
    }

    private boolean send(int interfaceId, long record, long mbuf, long frame, int length) {
        int bytes = write(mbuf, frame, length, InterfaceTable.vlan(record));
        txFrames.add(mbuf, InterfaceTable.router(record), interfaceId, InterfaceTable.target(record), bytes);
        return true;
    }

    /** Sends a frame by an interface whose packets say its VPN-ID, or must say none. ARP has no room for it. */
    private boolean mark(int interfaceId, long record, long mbuf, long frame, int length) {
        long packet = frame + Ethernet.HEADER_BYTES;
        int missing = 0;
        if (isPacket(frame, length - Ethernet.HEADER_BYTES)) {
            boolean isWhole = !Ipv4.isVersion4(packet) || isWhole(packet, length - Ethernet.HEADER_BYTES);
            missing = isWhole ? VpnIdMarker.missingBytes(packet, record) : VpnIdMarker.IMPOSSIBLE;
        } else if (Memory.getShort(frame + Ethernet.TYPE) != Ethernet.WIRE_ARP
                && InterfaceTable.marking(record) > InterfaceTable.UNMARKED) {
            missing = VpnIdMarker.IMPOSSIBLE;
        }
        if (missing < 0) {
            Mempool.free(fresh, 0, 1);
            return refuse(interfaceId, record, missing == VpnIdMarker.FOREIGN ? VPN_ID_FOREIGN : NOT_MARKED);
        }
        int bytes = write(mbuf, frame, length, InterfaceTable.vlan(record));
        if (missing > 0) {
            int headerBytes = bytes - length + Ethernet.HEADER_BYTES;
            VpnIdMarker.insert(Mbuf.dataAddress(mbuf) + headerBytes, missing, headerBytes, record);
            Mbuf.setDataOffset(mbuf, (int) (Mbuf.dataAddress(mbuf) - Mbuf.bufferAddress(mbuf)) - missing);
            bytes += missing;
            Mbuf.setLength(mbuf, bytes);
        }
        txFrames.add(mbuf, InterfaceTable.router(record), interfaceId, InterfaceTable.target(record), bytes);
        return true;
    }

    /** Whether the options of an IPv4 packet are all there. */
    private static boolean isWhole(long packet, int bytes) {
        int headerBytes = Ipv4.headerBytes(packet);
        return headerBytes >= Ipv4.MIN_HEADER_BYTES && headerBytes <= bytes;
    }

    /**
     * Sends a frame, or the packet within it, into a tunnel. The kernel has decremented its hop limit, if it had to. Frames have no tags
     * there (RFC 7348 §6.1).
     */
    private boolean encapsulate(int interfaceId, long record, long mbuf, long frame, int length) {
        int bytes = length - Ethernet.HEADER_BYTES;
        int disposition = INVALID;
        boolean isIp = isPacket(frame, bytes);
        if (isIp || (FrameMark.isSet(record) && isUntagged(frame, bytes))) {
            long copy = Mbuf.append(mbuf, length);
            Memory.copy(frame, copy, length);
            disposition = encapsulator.sendAsIs(
                    txFrames,
                    mbuf,
                    copy + Ethernet.HEADER_BYTES,
                    bytes,
                    isIp,
                    InterfaceTable.router(record),
                    InterfaceTable.encapsulation(record));
        }
        if (disposition == Disposition.FORWARD) {
            return true;
        }
        Mempool.free(fresh, 0, 1);
        return refuse(interfaceId, record, Disposition.reasonCode(disposition));
    }

    private static boolean isUntagged(long frame, int bytes) {
        return bytes >= 0 && !Ethernet.isTag(Memory.getShort(frame + Ethernet.TYPE));
    }

    private static boolean isPacket(long frame, int bytes) {
        long packet = frame + Ethernet.HEADER_BYTES;
        return switch (Memory.getShort(frame + Ethernet.TYPE)) {
            case Ethernet.WIRE_IPV4 -> bytes >= Ipv4.MIN_HEADER_BYTES && Ipv4.isVersion4(packet);
            case Ethernet.WIRE_IPV6 -> bytes >= Ipv6.HEADER_BYTES && !Ipv4.isVersion4(packet);
            default -> false;
        };
    }

    private static int write(long mbuf, long frame, int length, int vlan) {
        if (vlan == 0) {
            Memory.copy(frame, Mbuf.append(mbuf, length), length);
            return length;
        }
        long to = Mbuf.append(mbuf, length + Ethernet.TAG_BYTES);
        Memory.copy(frame, to, ADDRESSES_BYTES);
        Memory.putShort(to + Ethernet.TYPE, (short) Ethernet.WIRE_VLAN);
        Memory.putShortBigEndian(to + Ethernet.TAG, vlan);
        Memory.copy(frame + ADDRESSES_BYTES, to + Ethernet.TAGGED_TYPE, length - ADDRESSES_BYTES);
        return length + Ethernet.TAG_BYTES;
    }

    private boolean refuse(int interfaceId, long record, int reason) {
        boolean present = InterfaceTable.state(record) != InterfaceTable.ABSENT;
        int router = present ? InterfaceTable.router(record) : Burst.UNKNOWN;
        statistics.dropped(router, reason, 1);
        if (present) {
            statistics.interfaceDropped(interfaceId, 1);
            statistics.routerDropped(router, 1);
        }
        return false;
    }
}
