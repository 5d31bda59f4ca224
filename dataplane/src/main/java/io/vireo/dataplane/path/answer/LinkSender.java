package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.interfaces.FrameMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/** Sends packets that the data plane makes out of an interface, to a station of its link. Single user: its worker. */
final class LinkSender {
    private final Mempool pool;
    private final TxFrames txFrames;
    private final Encapsulator encapsulator;
    private final MbufArray fresh = MbufArray.allocate(1);

    LinkSender(Mempool pool, TxFrames txFrames, Encapsulator encapsulator) {
        this.pool = pool;
        this.txFrames = txFrames;
        this.encapsulator = encapsulator;
    }

    /** A new packet buffer with room for a packet and its Ethernet header, or 0. */
    long allocate(int packetBytes) {
        if (pool.allocate(fresh, 0, 1) == 0) {
            return 0;
        }
        long mbuf = fresh.get(0);
        if (packetBytes + Ethernet.TAGGED_HEADER_BYTES > Mbuf.tailroom(mbuf)) {
            Mempool.free(fresh, 0, 1);
            return 0;
        }
        return mbuf;
    }

    /** Frees the buffer of the last {@link #allocate}, which has not been sent. */
    void free(long mbuf) {
        fresh.set(0, mbuf);
        Mempool.free(fresh, 0, 1);
    }

    /** Where the packet begins in a buffer of {@link #allocate}. */
    static long network(long mbuf) {
        return Mbuf.dataAddress(mbuf) + Ethernet.TAGGED_HEADER_BYTES;
    }

    /** Whether {@link #send} can send by an interface: that a tunnel takes a packet is not known before. */
    static boolean canSend(long record) {
        return InterfaceTable.state(record) == InterfaceTable.UP && !InterfaceTable.isWrapping(record);
    }

    /** Whether {@link #sendControl} can send by an interface: the packets of most tunnels have no Ethernet header. */
    static boolean canSendControl(long record) {
        return canSend(record) || (InterfaceTable.state(record) == InterfaceTable.UP && FrameMark.isSet(record));
    }

    /**
     * Writes the Ethernet header before a packet and lists the frame.
     *
     * @param network address of the packet, with room before it.
     * @param destination MAC, as the first six bytes of a little-endian load have it.
     * @param wireType ethertype, as a little-endian load has it.
     */
    void send(long mbuf, long network, int bytes, int interfaceId, long record, long destination, int wireType) {
        long frame = writeHeader(network, record, destination, wireType);
        int frameBytes = (int) (network - frame) + bytes;
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, frameBytes);
        txFrames.add(mbuf, InterfaceTable.router(record), interfaceId, InterfaceTable.target(record), frameBytes);
    }

    /** Returns the address of the frame. */
    private static long writeHeader(long network, long record, long destination, int wireType) {
        long source = InterfaceTable.destinationOf(record);
        int vlan = InterfaceTable.vlan(record);
        int headerBytes = vlan == 0 ? Ethernet.HEADER_BYTES : Ethernet.TAGGED_HEADER_BYTES;
        long frame = network - headerBytes;
        Memory.putLong(frame, (destination & Ethernet.MAC_MASK) | source << 48);
        Memory.putInt(frame + Long.BYTES, (int) (source >>> 16));
        if (vlan != 0) {
            Memory.putShort(frame + Ethernet.TYPE, (short) Ethernet.WIRE_VLAN);
            Memory.putShortBigEndian(frame + Ethernet.TAG, vlan);
        }
        Memory.putShort(network - Short.BYTES, (short) wireType);
        return frame;
    }

    /**
     * As {@link #send}, of network control in a buffer of {@link #allocate}; by a tunnel that carries frames, too.
     *
     * @return whether it is sent; a tunnel may not take it, and then its buffer is free.
     */
    boolean sendControl(
            long mbuf, long network, int bytes, int interfaceId, long record, long destination, int wireType) {
        if (!FrameMark.isSet(record)) {
            send(mbuf, network, bytes, interfaceId, record, destination, wireType);
        } else if (!encapsulate(mbuf, network, bytes, record, destination, wireType)) {
            free(mbuf);
            return false;
        }
        txFrames.markOwnControl();
        return true;
    }

    private boolean encapsulate(long mbuf, long network, int bytes, long record, long destination, int wireType) {
        writeHeader(network, record, destination, wireType);
        int router = InterfaceTable.router(record);
        int encapsulation = InterfaceTable.encapsulation(record);
        boolean isIp = wireType != Ethernet.WIRE_ARP;
        return encapsulator.sendAsIs(txFrames, mbuf, network, bytes, isIp, router, encapsulation)
                == Disposition.FORWARD;
    }
}
