package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.outer.MssClamp;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dpdk.Memory;

/**
 * Makes what was inside an outer packet a frame that the tunnel's interface receives. Part of {@link Decapsulator}, which has found
 * out that the tunnel takes it. Single user: its worker.
 */
final class InnerPackets {
    private static final int CONGESTION_MARKED = ~Disposition.drop(DropReason.CONGESTION_MARKED);
    private static final int WRONG_INTERFACE = ~Disposition.drop(DropReason.TUNNEL_INTERFACE);
    private static final int LINK_HOP_LIMIT = 255;

    private final InterfaceTable interfaces;
    private long outerHeader;
    private int trafficClass;
    private int ingress;

    InnerPackets(InterfaceTable interfaces) {
        this.interfaces = interfaces;
    }

    /** Says by which interface the packet in hand came. */
    void cameBy(int interfaceId) {
        ingress = interfaceId;
    }

    /** Says what the packet in hand has outside. */
    void outer(long header, int outerTrafficClass) {
        outerHeader = header;
        trafficClass = outerTrafficClass;
    }

    /** Returns the interface that receives a packet; else, negative, the complement of its disposition. */
    int receive(long mbuf, long inner, int innerBytes, boolean isIpv4, long end) {
        int modes = TunnelEnds.modes(end);
        if ((modes & TunnelModes.STRONG_END_SYSTEM) != 0 && !isAddressOfIngress()) {
            return WRONG_INTERFACE;
        }
        if (!OuterModes.carryInwards(outerHeader, trafficClass, modes, inner, innerBytes, isIpv4)) {
            return CONGESTION_MARKED;
        }
        int tunnel = TunnelEnds.interfaceId(end);
        long record = interfaces.record(tunnel);
        if ((modes & TunnelModes.CLAMP_MSS) != 0) {
            MssClamp.clamp(inner, innerBytes, InterfaceTable.mtu(record));
        }
        InnerFrame.wrap(mbuf, inner, innerBytes, isIpv4, record);
        return tunnel;
    }

    private boolean isAddressOfIngress() {
        InterfaceAddresses addresses = interfaces.addresses();
        long destination = outerHeader + Ipv6.DESTINATION;
        int place = Ipv4.isVersion4(outerHeader)
                ? addresses.findIpv4(ingress, Memory.getIntBigEndian(outerHeader + Ipv4.DESTINATION))
                : addresses.findIpv6(
                        ingress,
                        Memory.getLongBigEndian(destination),
                        Memory.getLongBigEndian(destination + Long.BYTES));
        return place != InterfaceAddresses.NONE;
    }

    /** Whether there is a whole Ethernet header, and no tag in it (RFC 7348 §6.1): no tunnel's interface has any. */
    static boolean isUntagged(long frame, int bytes) {
        return bytes >= Ethernet.HEADER_BYTES && !Ethernet.isTag(Memory.getShort(frame + Ethernet.TYPE));
    }

    /** As {@link #receive}, of a frame that {@linkplain #isUntagged has no tag}. */
    int receiveFrame(long mbuf, long frame, int bytes, long end) {
        int tunnel = TunnelEnds.interfaceId(end);
        int wireType = Memory.getShort(frame + Ethernet.TYPE);
        boolean isIpv4 = wireType == Ethernet.WIRE_IPV4;
        if (isIpv4 || wireType == Ethernet.WIRE_IPV6) {
            long inner = frame + Ethernet.HEADER_BYTES;
            int innerBytes = bytes - Ethernet.HEADER_BYTES;
            int modes = TunnelEnds.modes(end);
            int carried = isOfTheLink(inner, innerBytes, isIpv4) ? modes & ~TunnelModes.UNIFORM_TTL : modes;
            if (!OuterModes.carryInwards(outerHeader, trafficClass, carried, inner, innerBytes, isIpv4)) {
                return CONGESTION_MARKED;
            }
            if ((modes & TunnelModes.CLAMP_MSS) != 0) {
                MssClamp.clamp(inner, innerBytes, InterfaceTable.mtu(interfaces.record(tunnel)));
            }
        }
        InnerFrame.set(mbuf, frame, bytes);
        return tunnel;
    }

    /** Neighbour discovery is believed with a hop limit of 255 only (RFC 4861 §7.1): a frame's way is one link, whatever is underneath. */
    private static boolean isOfTheLink(long inner, int bytes, boolean isIpv4) {
        return !isIpv4
                && bytes >= Ipv6.HEADER_BYTES
                && Memory.getUnsignedByte(inner + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && Memory.getUnsignedByte(inner + Ipv6.HOP_LIMIT) == LINK_HOP_LIMIT;
    }
}
