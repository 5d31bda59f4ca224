package io.vireo.dataplane.worker;

import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.CrossingMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Makes of a frame that is to be traced what the far end of a virtual link sends that only crosses the node: there is no router that could
 * receive it otherwise. Part of {@link Tracer}.
 */
final class CrossingFrame {
    private final InterfaceTable interfaces;
    private final VirtualLinkTable virtualLinks;

    CrossingFrame(InterfaceTable interfaces) {
        this.interfaces = interfaces;
        virtualLinks = interfaces.virtualLinks();
    }

    /** Whether there is an interface, and what comes in by it only crosses. */
    boolean isOne(int interfaceId) {
        long record = interfaces.record(interfaceId);
        return InterfaceTable.state(record) != InterfaceTable.ABSENT && CrossingMark.isSet(record);
    }

    /** Puts the headers of an interface's substrate link before what an untagged frame carries; returns the port by which that comes. */
    int wrap(long mbuf, int interfaceId) {
        long record = interfaces.record(interfaceId);
        long frame = Mbuf.dataAddress(mbuf);
        int bytes = Mbuf.dataLength(mbuf);
        int vlan = InterfaceTable.vlan(record);
        int addedBytes = SubstrateHeader.BYTES + (vlan == 0 ? 0 : Ethernet.TAG_BYTES);
        long start = frame - addedBytes;
        long header = frame + Ethernet.HEADER_BYTES - SubstrateHeader.BYTES; // its last field is the frame's ethertype
        SubstrateHeader.setId(header, virtualLinks.identifier(interfaceId));
        SubstrateHeader.setLength(header, Math.max(0, bytes - Ethernet.HEADER_BYTES));
        Memory.putShort(header - Short.BYTES, (short) virtualLinks.etherType());
        putMac(start, virtualLinks.receiver(interfaceId));
        putMac(start + Ethernet.SOURCE, virtualLinks.sender(interfaceId));
        if (vlan != 0) {
            Memory.putShort(start + Ethernet.TYPE, (short) Ethernet.WIRE_VLAN);
            Memory.putShortBigEndian(start + Ethernet.TAG, vlan);
        }
        Mbuf.setDataOffset(mbuf, (int) (start - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes + addedBytes);
        return InterfaceTable.port(record);
    }

    private static void putMac(long to, long mac) {
        Memory.putInt(to, (int) mac);
        Memory.putShort(to + Integer.BYTES, (short) (mac >>> Integer.SIZE));
    }
}
