package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * A packet of an interface that wraps as a frame: interfaces receive frames, so within the node it gets an Ethernet header, addressed to
 * the interface and from nobody. The header is written over what was before the packet, which is at least an IP header.
 */
public final class InnerFrame {
    private InnerFrame() {}

    /** Makes a packet the content of its buffer, as a frame for the interface with this record. */
    public static void wrap(long mbuf, long packet, int bytes, boolean isIpv4, long interfaceRecord) {
        long frame = packet - Ethernet.HEADER_BYTES;
        Memory.putLong(frame, InterfaceTable.destinationOf(interfaceRecord));
        Memory.putInt(frame + Long.BYTES, 0);
        Memory.putShort(frame + Ethernet.TYPE, (short) (isIpv4 ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6));
        set(mbuf, frame, bytes + Ethernet.HEADER_BYTES);
    }

    /** Makes a frame the content of its buffer. */
    static void set(long mbuf, long frame, int bytes) {
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes);
    }
}
