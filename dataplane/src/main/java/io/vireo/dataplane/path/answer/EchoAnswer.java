package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/**
 * Replies to echo requests (RFC 1122 §3.2.2.6, RFC 4443 §4.2) in the request's own buffer, by the router's route to who asked. Left
 * to the kernel: fragments, options, what came to a group, and askers that are not reached now. Single user: its worker.
 */
final class EchoAnswer {
    private static final int HOP_LIMIT = 64; // as the kernel's: IANA's recommended default
    private static final int TRAFFIC_CLASS_MASK = 0xfff0_0000;

    private final InterfaceAddresses addresses;
    private final LinkSender sender;
    private final ReturnRoutes routes;
    private int identification;

    EchoAnswer(InterfaceAddresses addresses, LinkSender sender, ReturnRoutes routes) {
        this.addresses = addresses;
        this.sender = sender;
        this.routes = routes;
    }

    /** Whether a packet for the router itself is an IPv4 request. */
    static boolean isIpv4Request(Burst burst, int i) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i] - Ipv4.MIN_HEADER_BYTES;
        long message = header + Ipv4.MIN_HEADER_BYTES;
        return bytes >= Icmp.HEADER_BYTES
                && Memory.getUnsignedByte(header + Ipv4.PROTOCOL) == Icmp.PROTOCOL
                && !Ipv4.isFragment(header)
                && Icmp.type(message) == Icmp.ECHO
                && Icmp.code(message) == 0
                && Icmp.isChecksumRight(message, bytes);
    }

    /**
     * Turns a request round and sends it, through a tunnel too.
     *
     * @return {@link Answers#TURNED_ROUND}; {@link Answers#NONE}: it is as it was; or a disposition to drop it.
     */
    int answerIpv4(Burst burst, int i, long record) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        int asker = Memory.getInt(header + Ipv4.SOURCE);
        long adjacency = routes.toIpv4(record, Integer.reverseBytes(asker), header, bytes);
        if (bytes > routes.maxBytes(adjacency, header, bytes)) {
            return Answers.NONE;
        }
        Memory.putInt(header + Ipv4.SOURCE, Memory.getInt(header + Ipv4.DESTINATION));
        Memory.putInt(header + Ipv4.DESTINATION, asker);
        Memory.putShortBigEndian(header + Ipv4.IDENTIFICATION, identification++ & 0xffff);
        Memory.putShort(header + Ipv4.FRAGMENT, (short) 0);
        Memory.putByte(header + Ipv4.TTL, (byte) HOP_LIMIT);
        Ipv4.setChecksum(header);
        long message = header + Ipv4.MIN_HEADER_BYTES;
        Memory.putByte(message, (byte) Icmp.ECHO_REPLY);
        Icmp.setChecksum(message, bytes - Ipv4.MIN_HEADER_BYTES);
        return send(burst, i, header, bytes, adjacency, Ethernet.WIRE_IPV4);
    }

    private int send(Burst burst, int i, long header, int bytes, long adjacency, int wireType) {
        int disposition = routes.sendOrWrap(burst.mbufs.get(i), burst.router[i], header, bytes, adjacency, wireType);
        return disposition == Disposition.FORWARD ? Answers.TURNED_ROUND : disposition;
    }

    /** Whether a packet for the router itself, or for a link-local address of the interface, is an IPv6 request. */
    boolean isIpv6Request(Burst burst, int i) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i] - Ipv6.HEADER_BYTES;
        long message = header + Ipv6.HEADER_BYTES;
        return bytes >= Icmp.HEADER_BYTES
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && Icmp.type(message) == Icmp.ECHO_V6
                && Icmp.code(message) == 0
                && isOwn(burst.ingress[i], header)
                && Icmp.isChecksumRightV6(header, message, bytes);
    }

    private boolean isOwn(int interfaceId, long header) {
        long high = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        long low = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        return !Ipv6.isLinkLocal(high) || addresses.findIpv6(interfaceId, high, low) != InterfaceAddresses.NONE;
    }

    /** As {@link #answerIpv4}. */
    int answerIpv6(Burst burst, int i, long record) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        long high = Memory.getLong(header + Ipv6.SOURCE);
        long low = Memory.getLong(header + Ipv6.SOURCE + Long.BYTES);
        boolean isOnLink = Ipv6.isLinkLocal(Long.reverseBytes(high)); // whose neighbours are in no table
        long asker = Memory.getLong(burst.frame[i] + Ethernet.SOURCE);
        long adjacency =
                isOnLink ? 0 : routes.toIpv6(record, Long.reverseBytes(high), Long.reverseBytes(low), header, bytes);
        boolean canSend = isOnLink
                ? LinkSender.canSend(record) && bytes <= InterfaceTable.mtu(record)
                : bytes <= routes.maxBytes(adjacency, header, bytes);
        if (!canSend) {
            return Answers.NONE;
        }
        reverse(header, bytes, high, low);
        if (!isOnLink) {
            return send(burst, i, header, bytes, adjacency, Ethernet.WIRE_IPV6);
        }
        sender.send(burst.mbufs.get(i), header, bytes, burst.ingress[i], record, asker, Ethernet.WIRE_IPV6);
        return Answers.TURNED_ROUND;
    }

    private static void reverse(long header, int bytes, long askerHigh, long askerLow) {
        Memory.putIntBigEndian(header, Memory.getIntBigEndian(header) & TRAFFIC_CLASS_MASK);
        Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) HOP_LIMIT);
        Memory.putLong(header + Ipv6.SOURCE, Memory.getLong(header + Ipv6.DESTINATION));
        Memory.putLong(header + Ipv6.SOURCE + Long.BYTES, Memory.getLong(header + Ipv6.DESTINATION + Long.BYTES));
        Memory.putLong(header + Ipv6.DESTINATION, askerHigh);
        Memory.putLong(header + Ipv6.DESTINATION + Long.BYTES, askerLow);
        long message = header + Ipv6.HEADER_BYTES;
        Memory.putByte(message, (byte) Icmp.ECHO_REPLY_V6);
        Icmp.setChecksumV6(header, message, bytes - Ipv6.HEADER_BYTES);
    }
}
