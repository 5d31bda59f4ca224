package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dpdk.Memory;

/**
 * Replies to ARP requests (RFC 826) for an address of the interface they came in by, as the kernel does. Left to the kernel: probes
 * and announcements (RFC 5227), and requests whose sender is not who the frame says. Single user: its worker.
 */
final class ArpAnswer {
    private static final int PACKET_BYTES = 28;
    private static final int OPERATION = 6;
    private static final int SENDER_MAC = 8;
    private static final int SENDER_ADDRESS = 14;
    private static final int TARGET_MAC = 18;
    private static final int TARGET_ADDRESS = 24;

    /** Ethernet, IPv4, their lengths, "request". */
    private static final long REQUEST = 0x0001_0800_0604_0001L;

    private static final int REPLY = 2;

    private final InterfaceAddresses addresses;
    private final LinkSender sender;
    private final ReturnRoutes routes;

    ArpAnswer(InterfaceAddresses addresses, LinkSender sender, ReturnRoutes routes) {
        this.addresses = addresses;
        this.sender = sender;
        this.routes = routes;
    }

    /** Whether a packet is a request to be answered here. */
    boolean isForUs(Burst burst, int i, long record) {
        long request = burst.network[i];
        if (burst.networkLength[i] < PACKET_BYTES || Memory.getLongBigEndian(request) != REQUEST) {
            return false;
        }
        int asker = Memory.getIntBigEndian(request + SENDER_ADDRESS);
        int interfaceId = burst.ingress[i];
        return Ipv4.isUnicast(asker)
                && senderMac(request) == (Memory.getLong(burst.frame[i] + Ethernet.SOURCE) & Ethernet.MAC_MASK)
                && (senderMac(request) & Ethernet.GROUP_BIT) == 0
                && addresses.findIpv4(interfaceId, Memory.getIntBigEndian(request + TARGET_ADDRESS))
                        != InterfaceAddresses.NONE
                && addresses.findIpv4(interfaceId, asker) == InterfaceAddresses.NONE
                && LinkSender.canSendControl(record);
    }

    private static long senderMac(long request) {
        return Memory.getLong(request + SENDER_MAC) & Ethernet.MAC_MASK;
    }

    /** Whether the router already knows the asker by the MAC address that it has. */
    boolean isAskerKnown(Burst burst, int i, long record) {
        long request = burst.network[i];
        int asker = Memory.getIntBigEndian(request + SENDER_ADDRESS);
        long adjacency = routes.toIpv4Host(record, asker);
        return ReturnRoutes.leadsTo(adjacency, burst.ingress[i], senderMac(request));
    }

    /** Sends the reply in a buffer of its own; false: there is none. */
    boolean answer(Burst burst, int i, long record) {
        long mbuf = sender.allocate(PACKET_BYTES);
        if (mbuf == 0) {
            return false;
        }
        long request = burst.network[i];
        long reply = LinkSender.network(mbuf);
        long own = InterfaceTable.destinationOf(record);
        long asker = senderMac(request);
        Memory.putLongBigEndian(reply, REQUEST);
        Memory.putShortBigEndian(reply + OPERATION, REPLY);
        Memory.putLong(reply + SENDER_MAC, own);
        Memory.putInt(reply + SENDER_ADDRESS, Memory.getInt(request + TARGET_ADDRESS));
        Memory.putLong(reply + TARGET_MAC, asker);
        Memory.putInt(reply + TARGET_ADDRESS, Memory.getInt(request + SENDER_ADDRESS));
        return sender.sendControl(mbuf, reply, PACKET_BYTES, burst.ingress[i], record, asker, Ethernet.WIRE_ARP);
    }
}
