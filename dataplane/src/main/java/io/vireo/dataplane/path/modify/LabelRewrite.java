package io.vireo.dataplane.path.modify;

import io.vireo.dataplane.encapsulation.LabelledRoutes;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.mpls.LabelStack;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.LabelLookups;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Swaps, pushes and pops labels on the way to a next hop (RFC 3031 §3.10, §3.16). TTL by RFC 3443: a label that takes the place of another
 * has its TTL less one; those above it, and what is underneath a label that is taken off, have the same in the uniform model, and their own
 * else. The class stays that of the label that came (RFC 3270 §2.6.2, as in the pipe model). Single user: the burst's worker.
 */
final class LabelRewrite {
    /** RFC 3443 §3.2: of a label that is none of the packet's business. */
    private static final int PIPE_TTL = 255;

    private static final int TTL_EXPIRED = Disposition.drop(DropReason.TTL_EXPIRED);
    private static final int TOO_BIG = Disposition.drop(DropReason.TOO_BIG);
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);
    private static final int OTHER_PAYLOAD = Disposition.drop(DropReason.TUNNEL_PAYLOAD);
    private static final int CUT_OFF = Disposition.drop(DropReason.LABEL_STACK);

    private final AdjacencyTable adjacencies;

    LabelRewrite(AdjacencyTable adjacencies) {
        this.adjacencies = adjacencies;
    }

    /** Sends the packet at a place of the list as its entry says; returns what becomes of it, and if it is not sent, it is as it was. */
    int send(Burst burst, int k) {
        LabelLookups list = burst.labelled;
        long adjacency = adjacencies.record(list.nextHop[k]);
        if (list.ttl[k] <= 1) {
            return TTL_EXPIRED;
        }
        int disposition = LabelledRoutes.disposition(adjacency);
        if (disposition != Disposition.FORWARD) {
            return disposition;
        }
        long record = list.entry[k];
        return LabelTable.outCount(record) == 0
                ? pop(burst, list.packet[k], record, list.ttl[k] - 1, adjacency)
                : replace(burst, list.packet[k], record, list.ttl[k] - 1, adjacency);
    }

    private static int replace(Burst burst, int i, long record, int ttl, long adjacency) {
        int last = LabelTable.outCount(record) - 1;
        long place = burst.network[i];
        long stack = place - (long) last * LabelEntry.BYTES;
        int bytes = burst.networkLength[i] + last * LabelEntry.BYTES;
        if (bytes > AdjacencyTable.mtu(adjacency)) {
            return TOO_BIG;
        }
        if (stack - Mbuf.bufferAddress(burst.mbufs.get(i)) < AdjacencyTable.headerBytes(adjacency)) {
            return NO_HEADROOM;
        }
        int entry = LabelEntry.at(place);
        int above = LabelEntry.notBottom(entry);
        int pushedTtl = LabelTable.isUniform(record) ? ttl : PIPE_TTL;
        Memory.putIntBigEndian(place, LabelEntry.with(entry, LabelTable.out(record, last), ttl));
        for (int n = 0; n < last; n++) {
            long address = stack + (long) n * LabelEntry.BYTES;
            Memory.putIntBigEndian(address, LabelEntry.with(above, LabelTable.out(record, n), pushedTtl));
        }
        send(burst, i, stack, bytes, Ethernet.WIRE_MPLS, adjacency);
        return Disposition.FORWARD;
    }

    /** Penultimate hop popping (RFC 3031 §3.16), if the label is the last one or the last but one. */
    private static int pop(Burst burst, int i, long record, int ttl, long adjacency) {
        long stack = burst.network[i];
        long inner = stack + LabelEntry.BYTES;
        int bytes = burst.networkLength[i] - LabelEntry.BYTES;
        return LabelEntry.isBottom(LabelEntry.at(stack))
                ? popLast(burst, i, record, inner, bytes, ttl, adjacency)
                : popOne(burst, i, record, inner, bytes, ttl, adjacency);
    }

    private static int popOne(Burst burst, int i, long record, long stack, int bytes, int ttl, long adjacency) {
        if (bytes < LabelEntry.BYTES) {
            return CUT_OFF;
        }
        if (bytes > AdjacencyTable.mtu(adjacency)) {
            return TOO_BIG;
        }
        if (LabelTable.isUniform(record)) {
            LabelEntry.setTtl(stack, Math.min(ttl, LabelEntry.ttl(LabelEntry.at(stack))));
        }
        send(burst, i, stack, bytes, Ethernet.WIRE_MPLS, adjacency);
        return Disposition.FORWARD;
    }

    private static int popLast(Burst burst, int i, long record, long packet, int bytes, int ttl, long adjacency) {
        if (!LabelStack.isIp(packet, bytes)) {
            return OTHER_PAYLOAD;
        }
        boolean isIpv4 = Ipv4.isVersion4(packet);
        int length = Math.min(bytes, isIpv4 ? Ipv4.totalLength(packet) : Ipv6.length(packet)); // without padding
        if (length < Ipv4.MIN_HEADER_BYTES) {
            return OTHER_PAYLOAD;
        }
        if (length > AdjacencyTable.mtu(adjacency)) {
            return TOO_BIG;
        }
        if (LabelTable.isUniform(record)) {
            OuterModes.lowerHopLimit(packet, ttl, isIpv4);
        }
        send(burst, i, packet, length, isIpv4 ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6, adjacency);
        return Disposition.FORWARD;
    }

    private static void send(Burst burst, int i, long network, int bytes, int wireType, long adjacency) {
        Memory.putShort(network - Short.BYTES, (short) wireType);
        long frame = Rewrite.setHeader(network, adjacency);
        Rewrite.send(burst.txFrames, burst.mbufs.get(i), burst.router[i], frame, bytes, adjacency);
    }
}
