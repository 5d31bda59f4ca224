package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Memory;

/**
 * Answers packets that cannot be forwarded with ICMP errors (RFC 1812 §4.3.2, RFC 4443 §3), in buffers of their own, by the router's
 * route to the source, through a tunnel too. From which address is as in the kernel: of IPv4 one of the interface by which it came ({@code
 * icmp_errors_use_inbound_ifaddr}), of IPv6 that of the interface by which the error leaves (RFC 6724). Left to the kernel: sources that
 * are not reached, and interfaces of which control has not said what the source of errors is, as it does when all
 * routes are programmed. Single user: its worker.
 */
final class IcmpErrors {
    private static final int ERROR_LIMIT = Disposition.drop(DropReason.ERROR_LIMIT);
    private static final int ERROR_KIND = AnswerKind.ERROR.code();

    private static final int HEADERS = Ipv4.MIN_HEADER_BYTES + Icmp.HEADER_BYTES;
    private static final int HEADERS_V6 = Ipv6.HEADER_BYTES + Icmp.HEADER_BYTES;

    /** RFC 1812 §4.3.2.3: as much of the packet as fits into this. */
    private static final int MAX_BYTES = 576;

    /** RFC 4443 §2.4 c: the minimum MTU, which is also the smallest that is ever reported. */
    static final int MIN_MTU_V6 = 1280;

    private final InterfaceAddresses addresses;
    private final LinkSender sender;
    private final ReturnRoutes routes;
    private final StatisticsWriter statistics;
    private final ErrorBudgets budgets;
    private int identification;

    IcmpErrors(
            InterfaceTable interfaces,
            LinkSender sender,
            ReturnRoutes routes,
            ErrorBudgets budgets,
            StatisticsWriter statistics) {
        addresses = interfaces.addresses();
        this.sender = sender;
        this.routes = routes;
        this.statistics = statistics;
        this.budgets = budgets;
    }

    /**
     * Answers an IPv4 packet without options.
     *
     * @param error {@link ErrorKinds} index.
     * @param record of the interface it came in by.
     * @return a {@link Disposition} to drop it; or {@link Answers#NONE}: it is the kernel's.
     */
    int answerIpv4(Burst burst, int i, int error, long record, long nowNs) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        int source = Memory.getIntBigEndian(header + Ipv4.SOURCE);
        long back = routes.toIpv4(record, source, header, bytes);
        int room = Math.min(MAX_BYTES, routes.maxBytes(back, header, bytes)) - HEADERS;
        int quoted = Math.min(bytes, room);
        int own = addresses.ipv4Source(burst.ingress[i]);
        if (own == 0 || room < HEADERS) {
            return Answers.NONE;
        }
        if (!Reportable.isIpv4(header, bytes)) {
            return ErrorKinds.drop(error);
        }
        int mtu = 0;
        if (error == ErrorKinds.TOO_BIG) {
            long next = routes.toIpv4(record, Memory.getIntBigEndian(header + Ipv4.DESTINATION), header, bytes);
            mtu = routes.maxBytes(next, header, bytes);
            if (!isTooBig(mtu, bytes)) {
                return Answers.NONE;
            }
        }
        if (!budgets.take(burst, i, error, source, nowNs)) {
            return ERROR_LIMIT;
        }
        long mbuf = sender.allocate(HEADERS + quoted);
        if (mbuf != 0) {
            long packet = LinkSender.network(mbuf);
            IcmpHeaders.writeMessage(packet + Ipv4.MIN_HEADER_BYTES, ErrorKinds.typeAndCode(error), mtu);
            Memory.copy(header, packet + HEADERS, quoted);
            IcmpHeaders.writeIpv4(packet, HEADERS + quoted, header, own, identification++);
            send(burst.router[i], mbuf, HEADERS + quoted, back, Ethernet.WIRE_IPV4);
        }
        return ErrorKinds.drop(error);
    }

    /** As {@link #answerIpv4}, of an IPv6 packet without hop-by-hop options. */
    int answerIpv6(Burst burst, int i, int error, long record, long nowNs) {
        long header = burst.network[i];
        int bytes = burst.networkLength[i];
        long high = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        long low = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        long back = routes.toIpv6(record, high, low, header, bytes);
        int quoted = Math.min(bytes, MIN_MTU_V6 - HEADERS_V6);
        boolean canSend = HEADERS_V6 + quoted <= routes.maxBytes(back, header, bytes);
        if (!canSend || !addresses.hasIpv6Source(AdjacencyTable.egress(back))) {
            return Answers.NONE;
        }
        if (!Reportable.isIpv6(header, bytes)) {
            return ErrorKinds.drop(error);
        }
        int mtu = 0;
        if (error == ErrorKinds.TOO_BIG) {
            mtu = Math.max(MIN_MTU_V6, routes.maxBytes(nextHopV6(record, header, bytes), header, bytes));
            if (!isTooBig(mtu, bytes)) {
                return Answers.NONE;
            }
        }
        if (!budgets.take(burst, i, error, ErrorBudgets.sourceOf(high, low), nowNs)) {
            return ERROR_LIMIT;
        }
        long mbuf = sender.allocate(HEADERS_V6 + quoted);
        if (mbuf != 0) {
            long packet = LinkSender.network(mbuf);
            IcmpHeaders.writeMessage(packet + Ipv6.HEADER_BYTES, ErrorKinds.typeAndCodeV6(error), mtu);
            Memory.copy(header, packet + HEADERS_V6, quoted);
            int egress = AdjacencyTable.egress(back);
            if (!IcmpHeaders.writeIpv6(packet, Icmp.HEADER_BYTES + quoted, header, addresses, egress)) {
                sender.free(mbuf);
                return Answers.NONE; // the source is changing right now
            }
            send(burst.router[i], mbuf, HEADERS_V6 + quoted, back, Ethernet.WIRE_IPV6);
        }
        return ErrorKinds.drop(error);
    }

    private long nextHopV6(long record, long header, int bytes) {
        long high = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        long low = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        return routes.toIpv6(record, high, low, header, bytes);
    }

    /** Whether a packet is longer than a next hop takes still: tables may have changed since, and then it may take none. */
    private static boolean isTooBig(int mtu, int bytes) {
        return mtu != 0 && bytes > mtu;
    }

    private void send(int router, long mbuf, int bytes, long back, int wireType) {
        int outcome = routes.sendOrWrap(mbuf, router, LinkSender.network(mbuf), bytes, back, wireType);
        if (outcome == Disposition.FORWARD) {
            statistics.routerAnswered(router, ERROR_KIND, 1);
        } else {
            sender.free(mbuf);
        }
    }
}
