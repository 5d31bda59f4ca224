package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import java.util.Arrays;

/**
 * Ends packets that cannot be forwarded with an ICMP error (RFC 1812 §4.3.2, RFC 4443 §3) in the packet's own buffer, by the router's
 * route to its source. Left to the kernel: packets about which there is to be no error, sources that are not reached in one rewrite,
 * IPv6 extension headers, and interfaces without an address that is the source of errors. Single user: its worker.
 *
 * <p>Two steps, so that the packet can be counted and captured as dropped before it is overwritten: {@link #prepare}, {@link #send}.
 */
final class IcmpErrors {
    /** {@link #prepare}: the packet is the kernel's. */
    static final int NONE = -1;

    private static final int HOP_LIMIT = 64; // as the kernel's
    private static final int FIRST_WORD_V6 = 0x6000_0000;

    /** RFC 1812 §4.3.2.3: no more than 576 bytes with the headers. */
    private static final int MAX_QUOTED = 576 - Ipv4.MIN_HEADER_BYTES - Icmp.HEADER_BYTES;

    /** RFC 4443 §2.4 c: no more than the minimum IPv6 MTU with the headers. */
    private static final int MAX_QUOTED_V6 = 1280 - Ipv6.HEADER_BYTES - Icmp.HEADER_BYTES;

    /** Precedence "internetwork control" and the TOS of the packet, as the kernel has it (RFC 1812 §4.3.2.5). */
    private static final int PRECEDENCE = 0xc0;

    private static final int TOS_MASK = 0x1e;
    private static final int OFFSET_MASK = 0x1fff;
    private static final int FRAGMENTATION_NEEDED = 4;

    private static final int TOO_BIG = PuntReason.TOO_BIG.code();

    /** By punt reason: type and code, or NONE. */
    private static final int[] ERRORS = none();

    private static final int[] ERRORS_V6 = none();

    /** By punt reason: what the packet is counted as. */
    private static final int[] DROPS = none();

    static {
        error(PuntReason.TTL_EXPIRED, Icmp.TIME_EXCEEDED, 0, Icmp.TIME_EXCEEDED_V6, 0, DropReason.TTL_EXPIRED);
        error(PuntReason.NO_ROUTE, Icmp.UNREACHABLE, 0, Icmp.UNREACHABLE_V6, 0, DropReason.NO_ROUTE);
        error(PuntReason.UNREACHABLE, Icmp.UNREACHABLE, 1, Icmp.UNREACHABLE_V6, 0, DropReason.UNREACHABLE);
        error(PuntReason.PROHIBIT, Icmp.UNREACHABLE, 13, Icmp.UNREACHABLE_V6, 1, DropReason.PROHIBITED);
        error(PuntReason.TOO_BIG, Icmp.UNREACHABLE, FRAGMENTATION_NEEDED, Icmp.TOO_BIG_V6, 0, DropReason.TOO_BIG);
    }

    private final InterfaceAddresses addresses;
    private final ReturnRoutes routes;
    private final ErrorBudgets budgets;
    private long adjacency;
    private int error;
    private int mtu;
    private int identification;

    IcmpErrors(InterfaceAddresses addresses, ReturnRoutes routes) {
        this.addresses = addresses;
        this.routes = routes;
        budgets = new ErrorBudgets(addresses.interfaces());
    }

    private static int[] none() {
        int[] all = new int[PuntReason.values().length];
        Arrays.fill(all, NONE);
        return all;
    }

    private static void error(PuntReason reason, int type, int code, int typeV6, int codeV6, DropReason drop) {
        ERRORS[reason.code()] = type << Byte.SIZE | code;
        ERRORS_V6[reason.code()] = typeV6 << Byte.SIZE | codeV6;
        DROPS[reason.code()] = drop.code();
    }

    /** Whether packets punted for a reason are answered by errors. */
    static boolean isFor(int reason) {
        return DROPS[reason] != NONE;
    }

    /**
     * Decides on a packet that came to the interface's own MAC.
     *
     * @param reason {@link PuntReason} code.
     * @return {@link DropReason} code: {@link #send} ends it; or {@link #NONE}: the kernel does.
     */
    int prepare(Burst burst, int i, int reason, boolean isIpv4, long record, long nowNs) {
        boolean isOurs = isIpv4 ? prepareIpv4(burst, i, reason, record, nowNs) : prepareIpv6(burst, i, reason, record, nowNs);
        return isOurs ? DROPS[reason] : NONE;
    }

    private boolean prepareIpv4(Burst burst, int i, int reason, long record, long nowNs) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        int source = Memory.getIntBigEndian(header + Ipv4.SOURCE);
        adjacency = routes.toIpv4(record, source, header, bytes);
        int quoted = Math.min(bytes, MAX_QUOTED);
        int interfaceId = burst.ingress[i];
        if ((reason == TOO_BIG && Fragmenter.mayFragment(header))
                || !mayBeReported(header, bytes)
                || addresses.ipv4Source(interfaceId) == 0
                || !canSend(burst, i, Ipv4.MIN_HEADER_BYTES + Icmp.HEADER_BYTES, quoted)) {
            return false;
        }
        if (reason == TOO_BIG && !findMtu(routes.toIpv4(record, destination(header), header, bytes), bytes)) {
            return false;
        }
        decide(reason, ERRORS[reason], interfaceId, 0, source, nowNs);
        return true;
    }

    private static int destination(long header) {
        return Memory.getIntBigEndian(header + Ipv4.DESTINATION);
    }

    /** Not about a later fragment, and not about an error. */
    private static boolean mayBeReported(long header, int bytes) {
        int fragment = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT);
        boolean isIcmp = Memory.getUnsignedByte(header + Ipv4.PROTOCOL) == Icmp.PROTOCOL;
        return (fragment & OFFSET_MASK) == 0
                && (!isIcmp
                        || (bytes > Ipv4.MIN_HEADER_BYTES && Icmp.isQuery(Icmp.type(header + Ipv4.MIN_HEADER_BYTES))));
    }

    private boolean prepareIpv6(Burst burst, int i, int reason, long record, long nowNs) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        long high = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        long low = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        adjacency = routes.toIpv6(record, high, low, header, bytes);
        if (!mayBeReportedV6(header, bytes)
                || !canSend(burst, i, Ipv6.HEADER_BYTES + Icmp.HEADER_BYTES, Math.min(bytes, MAX_QUOTED_V6))
                || !addresses.hasIpv6Source(AdjacencyTable.egress(adjacency))) {
            return false;
        }
        if (reason == TOO_BIG) {
            long toHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
            long toLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
            if (!findMtu(routes.toIpv6(record, toHigh, toLow, header, bytes), bytes)) {
                return false;
            }
        }
        decide(reason, ERRORS_V6[reason], burst.ingress[i], high, low, nowNs);
        return true;
    }

    private static boolean mayBeReportedV6(long header, int bytes) {
        int next = Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER);
        return switch (next) {
            case 4, 6, 17, 41, 47, 50, 132 -> true; // transport and tunnels (IANA): nothing behind them is looked at
            case Icmp.PROTOCOL_V6 ->
                bytes > Ipv6.HEADER_BYTES && Icmp.isQueryV6(Icmp.type(header + Ipv6.HEADER_BYTES));
            default -> false; // extension headers may hide an error
        };
    }

    /** Whether the error fits the way back and the room before the packet. */
    private boolean canSend(Burst burst, int i, int headers, int quoted) {
        long room = burst.network[i] - Mbuf.bufferAddress(burst.mbufs.get(i));
        return ReturnRoutes.canSend(adjacency, headers + quoted) && room >= headers + AdjacencyTable.MAX_HEADER_BYTES;
    }

    private boolean findMtu(long onwards, int bytes) {
        mtu = AdjacencyTable.mtu(onwards);
        return AdjacencyTable.disposition(onwards) == Disposition.FORWARD && bytes > mtu;
    }

    private void decide(int reason, int typeAndCode, int interfaceId, long high, long low, long nowNs) {
        boolean mayLeave = reason == TOO_BIG
                ? budgets.takeTooBig(interfaceId, nowNs)
                : budgets.take(interfaceId, high, low, nowNs);
        error = mayLeave ? typeAndCode : NONE;
        mtu = reason == TOO_BIG ? mtu : 0;
    }

    /** Ends the packet last prepared; false: no more errors may leave now, and its buffer is the caller's. */
    boolean send(Burst burst, int i, boolean isIpv4) {
        if (error == NONE) {
            return false;
        }
        if (isIpv4) {
            sendIpv4(burst, i);
            return true;
        }
        return sendIpv6(burst, i);
    }

    private void sendIpv4(Burst burst, int i) {
        long packet = burst.network[i];
        int source = Memory.getInt(packet + Ipv4.SOURCE);
        int tos = (Memory.getUnsignedByte(packet + Ipv4.TOS) & TOS_MASK) | PRECEDENCE;
        long message = packet - Icmp.HEADER_BYTES;
        long header = message - Ipv4.MIN_HEADER_BYTES;
        int messageBytes = Icmp.HEADER_BYTES + Math.min(burst.networkLength[i], MAX_QUOTED);
        int bytes = Ipv4.MIN_HEADER_BYTES + messageBytes;
        writeMessage(message);
        Icmp.setChecksum(message, messageBytes);
        Memory.putIntBigEndian(header, 0x4500_0000 | tos << 16 | bytes);
        Memory.putShort(header + Ipv4.IDENTIFICATION, (short) identification++);
        Memory.putShort(header + Ipv4.FRAGMENT, (short) 0);
        Memory.putByte(header + Ipv4.TTL, (byte) HOP_LIMIT);
        Memory.putByte(header + Ipv4.PROTOCOL, (byte) Icmp.PROTOCOL);
        Memory.putIntBigEndian(header + Ipv4.SOURCE, addresses.ipv4Source(burst.ingress[i]));
        Memory.putInt(header + Ipv4.DESTINATION, source);
        Ipv4.setChecksum(header);
        routes.send(burst.mbufs.get(i), burst.router[i], header, bytes, adjacency, Ethernet.WIRE_IPV4);
    }

    private boolean sendIpv6(Burst burst, int i) {
        long packet = burst.network[i];
        long high = Memory.getLong(packet + Ipv6.SOURCE);
        long low = Memory.getLong(packet + Ipv6.SOURCE + Long.BYTES);
        long message = packet - Icmp.HEADER_BYTES;
        long header = message - Ipv6.HEADER_BYTES;
        int messageBytes = Icmp.HEADER_BYTES + Math.min(burst.networkLength[i], MAX_QUOTED_V6);
        if (!addresses.copyIpv6Source(AdjacencyTable.egress(adjacency), header + Ipv6.SOURCE)) {
            return false; // it is changing right now
        }
        writeMessage(message);
        Memory.putIntBigEndian(header, FIRST_WORD_V6);
        Memory.putShortBigEndian(header + Ipv6.PAYLOAD_LENGTH, messageBytes);
        Memory.putByte(header + Ipv6.NEXT_HEADER, (byte) Icmp.PROTOCOL_V6);
        Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) HOP_LIMIT);
        Memory.putLong(header + Ipv6.DESTINATION, high);
        Memory.putLong(header + Ipv6.DESTINATION + Long.BYTES, low);
        Icmp.setChecksumV6(header, message, messageBytes);
        int bytes = Ipv6.HEADER_BYTES + messageBytes;
        routes.send(burst.mbufs.get(i), burst.router[i], header, bytes, adjacency, Ethernet.WIRE_IPV6);
        return true;
    }

    /** Type, code and, where it is, the MTU, which both versions have in the last bytes. */
    private void writeMessage(long message) {
        Memory.putIntBigEndian(message, error << 16);
        Memory.putIntBigEndian(message + Integer.BYTES, mtu);
    }
}
