package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Arp;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dpdk.Memory;

/**
 * Replies to ARP requests (RFC 826) for an address of the interface they came in by, as the kernel does. Left to the kernel: probes
 * and announcements (RFC 5227), and requests whose sender is not who the frame says. Single user: its worker.
 */
final class ArpAnswer {
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
        if (burst.networkLength[i] < Arp.BYTES || Memory.getLongBigEndian(request) != Arp.REQUEST) {
            return false;
        }
        int asker = Memory.getIntBigEndian(request + Arp.SENDER_ADDRESS);
        int interfaceId = burst.ingress[i];
        return Ipv4.isUnicast(asker)
                && Arp.senderMac(request) == (Memory.getLong(burst.frame[i] + Ethernet.SOURCE) & Ethernet.MAC_MASK)
                && (Arp.senderMac(request) & Ethernet.GROUP_BIT) == 0
                && addresses.findIpv4(interfaceId, Memory.getIntBigEndian(request + Arp.TARGET_ADDRESS))
                        != InterfaceAddresses.NONE
                && addresses.findIpv4(interfaceId, asker) == InterfaceAddresses.NONE
                && LinkSender.canSendControl(record);
    }

    /** Whether the router already knows the asker by the MAC address that it has. */
    boolean isAskerKnown(Burst burst, int i, long record) {
        long request = burst.network[i];
        int asker = Memory.getIntBigEndian(request + Arp.SENDER_ADDRESS);
        long adjacency = routes.toIpv4Host(record, asker);
        return ReturnRoutes.leadsTo(adjacency, burst.ingress[i], Arp.senderMac(request));
    }

    /** Sends the reply in a buffer of its own; false: there is none. */
    boolean answer(Burst burst, int i, long record) {
        long mbuf = sender.allocate(Arp.BYTES);
        if (mbuf == 0) {
            return false;
        }
        long request = burst.network[i];
        long reply = LinkSender.network(mbuf);
        long own = InterfaceTable.destinationOf(record);
        long asker = Arp.senderMac(request);
        Memory.putLongBigEndian(reply, Arp.REPLY);
        Memory.putLong(reply + Arp.SENDER_MAC, own);
        Memory.putInt(reply + Arp.SENDER_ADDRESS, Memory.getInt(request + Arp.TARGET_ADDRESS));
        Memory.putLong(reply + Arp.TARGET_MAC, asker);
        Memory.putInt(reply + Arp.TARGET_ADDRESS, Memory.getInt(request + Arp.SENDER_ADDRESS));
        return sender.sendControl(mbuf, reply, Arp.BYTES, burst.ingress[i], record, asker, Ethernet.WIRE_ARP);
    }
}
