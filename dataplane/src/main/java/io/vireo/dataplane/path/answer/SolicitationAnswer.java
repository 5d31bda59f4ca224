package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.NeighbourDiscovery;
import io.vireo.dpdk.Memory;

/**
 * Advertises an address of an interface to who solicits it there (RFC 4861 §7.1.1, §7.2.4). Left to the kernel: duplicate address
 * detection (no source), and solicitations whose link-layer address is not the frame's. Single user: its worker.
 */
final class SolicitationAnswer {
    /** Router, solicited, override (§4.4). */
    private static final int FLAGS = 0xe000_0000;

    private static final int MULTICAST = 0xff;

    private static final long MALFORMED = -1;
    private static final long ABSENT = 0;

    private final InterfaceAddresses addresses;
    private final LinkSender sender;
    private final ReturnRoutes routes;

    SolicitationAnswer(InterfaceAddresses addresses, LinkSender sender, ReturnRoutes routes) {
        this.addresses = addresses;
        this.sender = sender;
        this.routes = routes;
    }

    /** Whether a packet is a solicitation to be answered here. */
    boolean isForUs(Burst burst, int i, long record) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i] - Ipv6.HEADER_BYTES;
        long message = header + Ipv6.HEADER_BYTES;
        return bytes >= NeighbourDiscovery.OPTIONS
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && Memory.getUnsignedByte(header + Ipv6.HOP_LIMIT) == NeighbourDiscovery.HOP_LIMIT
                && Icmp.type(message) == Icmp.NEIGHBOUR_SOLICITATION
                && Icmp.code(message) == 0
                && isBetweenUs(burst.ingress[i], header, message)
                && isLinkAddressOf(burst, i, message, bytes)
                && Icmp.isChecksumRightV6(header, message, bytes)
                && LinkSender.canSendControl(record);
    }

    /** Whether somebody else asks for an address of ours, at that address or its solicited-node group. */
    private boolean isBetweenUs(int interfaceId, long header, long message) {
        long high = Memory.getLongBigEndian(message + NeighbourDiscovery.TARGET);
        long low = Memory.getLongBigEndian(message + NeighbourDiscovery.TARGET + Long.BYTES);
        long toHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        long toLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        boolean isToGroup =
                toHigh == NeighbourDiscovery.SOLICITED_NODE_HIGH && toLow == NeighbourDiscovery.solicitedNodeLow(low);
        boolean isToAddress = toHigh == high && toLow == low;
        long fromHigh = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        long fromLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        return (isToGroup || isToAddress)
                && fromHigh != 0
                && fromHigh >>> 56 != MULTICAST
                && addresses.findIpv6(interfaceId, high, low) != InterfaceAddresses.NONE
                && addresses.findIpv6(interfaceId, fromHigh, fromLow) == InterfaceAddresses.NONE;
    }

    /** Who asks at the address itself may leave out his own; who asks the group says it (§4.3). */
    private static boolean isLinkAddressOf(Burst burst, int i, long message, int bytes) {
        long mac = sourceLinkAddress(message, bytes);
        boolean isToGroup = Memory.getUnsignedByte(burst.network[i] + Ipv6.DESTINATION) == MULTICAST;
        long source = frameSource(burst, i);
        return (source & Ethernet.GROUP_BIT) == 0 && (mac == source || (mac == ABSENT && !isToGroup));
    }

    private static long frameSource(Burst burst, int i) {
        return Memory.getLong(burst.frame[i] + Ethernet.SOURCE) & Ethernet.MAC_MASK;
    }

    private static long sourceLinkAddress(long message, int bytes) {
        long mac = ABSENT;
        int offset = NeighbourDiscovery.OPTIONS;
        while (offset + NeighbourDiscovery.OPTION_UNIT <= bytes) {
            int length = Memory.getUnsignedByte(message + offset + 1) * NeighbourDiscovery.OPTION_UNIT;
            if (length == 0 || offset + length > bytes) {
                return MALFORMED;
            }
            if (Memory.getUnsignedByte(message + offset) == NeighbourDiscovery.SOURCE_LINK_ADDRESS) {
                mac = NeighbourDiscovery.mac(message + offset);
            }
            offset += length;
        }
        return offset == bytes ? mac : MALFORMED;
    }

    /** Whether the router already knows the asker by the MAC address that it has. */
    boolean isAskerKnown(Burst burst, int i, long record) {
        long header = burst.network[i];
        long high = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        long low = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        return ReturnRoutes.leadsTo(routes.toIpv6Host(record, high, low), burst.ingress[i], frameSource(burst, i));
    }

    /** Sends the advertisement in a buffer of its own; false: there is none. */
    boolean answer(Burst burst, int i, long record) {
        int bytes = Ipv6.HEADER_BYTES + NeighbourDiscovery.MESSAGE_BYTES;
        long mbuf = sender.allocate(bytes);
        if (mbuf == 0) {
            return false;
        }
        long solicitation = burst.network[i];
        long header = LinkSender.network(mbuf);
        long message = header + Ipv6.HEADER_BYTES;
        long target = solicitation + Ipv6.HEADER_BYTES + NeighbourDiscovery.TARGET;
        NeighbourDiscovery.writeHeader(header, 0);
        copyAddress(target, header + Ipv6.SOURCE);
        copyAddress(solicitation + Ipv6.SOURCE, header + Ipv6.DESTINATION);
        Memory.putIntBigEndian(message, Icmp.NEIGHBOUR_ADVERTISEMENT << 24);
        Memory.putIntBigEndian(message + Integer.BYTES, FLAGS);
        copyAddress(target, message + NeighbourDiscovery.TARGET);
        NeighbourDiscovery.putOption(
                message, NeighbourDiscovery.TARGET_LINK_ADDRESS, InterfaceTable.destinationOf(record));
        Icmp.setChecksumV6(header, message, NeighbourDiscovery.MESSAGE_BYTES);
        return sender.sendControl(
                mbuf, header, bytes, burst.ingress[i], record, frameSource(burst, i), Ethernet.WIRE_IPV6);
    }

    private static void copyAddress(long from, long to) {
        Memory.putLong(to, Memory.getLong(from));
        Memory.putLong(to + Long.BYTES, Memory.getLong(from + Long.BYTES));
    }
}
