package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.path.Arp;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.NeighbourDiscovery;
import io.vireo.dpdk.Memory;

/**
 * By which MAC address the target is reached through a tunnel that carries frames: an ARP request (RFC 826) or a neighbour solicitation
 * (RFC 4861 §4.3) to all stations, and their answers. The kernel does not ask while the tunnel is down.
 */
final class StationQuestion {
    /** Nobody has said it. */
    static final long UNKNOWN = 0;

    private StationQuestion() {}

    /** The MAC address to ask at. */
    static long destination(long record) {
        return KeepaliveTable.isIpv6(record)
                ? NeighbourDiscovery.solicitedNodeMac(KeepaliveTable.targetLow(record))
                : Ethernet.MAC_MASK;
    }

    /** Writes an ARP request; returns its length, or 0: the interface has no address. */
    static int writeArp(long packet, InterfaceAddresses addresses, long record, long ownMac) {
        int source = addresses.ipv4Source(KeepaliveTable.interfaceId(record));
        Memory.putLongBigEndian(packet, Arp.REQUEST);
        Memory.putLong(packet + Arp.SENDER_MAC, ownMac);
        Memory.putIntBigEndian(packet + Arp.SENDER_ADDRESS, source);
        Memory.putLong(packet + Arp.TARGET_MAC, 0);
        Memory.putIntBigEndian(packet + Arp.TARGET_ADDRESS, (int) KeepaliveTable.targetLow(record));
        return source == 0 ? 0 : Arp.BYTES;
    }

    /** Writes a solicitation; returns its length, or 0: the interface has no address. */
    static int writeSolicitation(long packet, InterfaceAddresses addresses, long record, long ownMac) {
        if (!addresses.copyIpv6Source(KeepaliveTable.interfaceId(record), packet + Ipv6.SOURCE)) {
            return 0;
        }
        long low = KeepaliveTable.targetLow(record);
        NeighbourDiscovery.writeHeader(packet, EchoRequest.TRAFFIC_CLASS);
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION, NeighbourDiscovery.SOLICITED_NODE_HIGH);
        Memory.putLongBigEndian(packet + Ipv6.DESTINATION + Long.BYTES, NeighbourDiscovery.solicitedNodeLow(low));
        long message = packet + Ipv6.HEADER_BYTES;
        Memory.putLongBigEndian(message, (long) Icmp.NEIGHBOUR_SOLICITATION << 56);
        Memory.putLongBigEndian(message + NeighbourDiscovery.TARGET, KeepaliveTable.targetHigh(record));
        Memory.putLongBigEndian(message + NeighbourDiscovery.TARGET + Long.BYTES, low);
        NeighbourDiscovery.putOption(message, NeighbourDiscovery.SOURCE_LINK_ADDRESS, ownMac);
        Icmp.setChecksumV6(packet, message, NeighbourDiscovery.MESSAGE_BYTES);
        return Ipv6.HEADER_BYTES + NeighbourDiscovery.MESSAGE_BYTES;
    }

    /** The MAC address that an ARP reply of the target says, or {@link #UNKNOWN}. */
    static long ofArp(Burst burst, int i, long record) {
        long reply = burst.network[i];
        boolean isAnswer = burst.networkLength[i] >= Arp.BYTES
                && Memory.getLongBigEndian(reply) == Arp.REPLY
                && !KeepaliveTable.isIpv6(record)
                && Memory.getIntBigEndian(reply + Arp.SENDER_ADDRESS) == (int) KeepaliveTable.targetLow(record);
        return isAnswer ? ofStation(Arp.senderMac(reply)) : UNKNOWN;
    }

    /** The MAC address that an advertisement of the target says in its first option, or {@link #UNKNOWN}. */
    static long ofAdvertisement(Burst burst, int i, long record) {
        long header = burst.network[i];
        long message = header + Ipv6.HEADER_BYTES;
        int bytes = burst.networkLength[i] - Ipv6.HEADER_BYTES;
        boolean isAnswer = bytes >= NeighbourDiscovery.MESSAGE_BYTES
                && KeepaliveTable.isIpv6(record)
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && Memory.getUnsignedByte(header + Ipv6.HOP_LIMIT) == NeighbourDiscovery.HOP_LIMIT
                && Icmp.type(message) == Icmp.NEIGHBOUR_ADVERTISEMENT
                && Icmp.code(message) == 0
                && Memory.getLongBigEndian(message + NeighbourDiscovery.TARGET) == KeepaliveTable.targetHigh(record)
                && Memory.getLongBigEndian(message + NeighbourDiscovery.TARGET + Long.BYTES)
                        == KeepaliveTable.targetLow(record)
                && NeighbourDiscovery.isFirstOption(message, NeighbourDiscovery.TARGET_LINK_ADDRESS)
                && Icmp.isChecksumRightV6(header, message, bytes);
        return isAnswer ? ofStation(NeighbourDiscovery.mac(message + NeighbourDiscovery.OPTIONS)) : UNKNOWN;
    }

    private static long ofStation(long mac) {
        return (mac & Ethernet.GROUP_BIT) == 0 ? mac : UNKNOWN;
    }
}
