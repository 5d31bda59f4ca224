package io.vireo.dataplane.path.modify;

import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Rewrites the packets of a burst for their next hops. Single user: the burst's worker. */
public final class Modify {
    private static final int LOCAL = Disposition.punt(PuntReason.LOCAL);
    private static final int PUNT_ROUTE = Disposition.punt(PuntReason.PUNT_ROUTE);
    private static final int TTL_EXPIRED = Disposition.punt(PuntReason.TTL_EXPIRED);
    private static final int TOO_BIG = Disposition.punt(PuntReason.TOO_BIG);

    private final AdjacencyTable adjacencies;

    public Modify(AdjacencyTable adjacencies) {
        this.adjacencies = adjacencies;
    }

    /** Rewrites what both lists may send on, and moves the rest to the exception path. */
    public void process(Burst burst) {
        ipv4(burst, burst.ipv4);
        ipv6(burst, burst.ipv6);
    }

    private void ipv4(Burst burst, Lookups list) {
        int count = list.count;
        for (int k = 0; k < count; k++) {
            int i = list.packet[k];
            long header = burst.network[i];
            long adjacency = adjacencies.record(list.nextHop[k]);
            int ttlWord = Memory.getInt(header + Ipv4.TTL);
            if (mayLeave(burst, i, adjacency, ttlWord & 0xff)) {
                Memory.putInt(header + Ipv4.TTL, Ipv4.decrementTtl(ttlWord));
                Memory.putShort(header - Short.BYTES, (short) Ethernet.WIRE_IPV4);
                send(burst, i, header, adjacency);
            } else {
                burst.except(i, verdict(burst, i, adjacency, ttlWord & 0xff));
            }
        }
    }

    private void ipv6(Burst burst, Lookups list) {
        int count = list.count;
        for (int k = 0; k < count; k++) {
            int i = list.packet[k];
            long header = burst.network[i];
            long adjacency = adjacencies.record(list.nextHop[k]);
            int hopLimit = Memory.getUnsignedByte(header + Ipv6.HOP_LIMIT);
            if (mayLeave(burst, i, adjacency, hopLimit)) {
                Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) (hopLimit - 1));
                Memory.putShort(header - Short.BYTES, (short) Ethernet.WIRE_IPV6);
                send(burst, i, header, adjacency);
            } else {
                burst.except(i, verdict(burst, i, adjacency, hopLimit));
            }
        }
    }

    private static boolean mayLeave(Burst burst, int i, long adjacency, int ttl) {
        return ttl > 1
                && burst.networkLength[i] <= AdjacencyTable.limit(adjacency)
                && CheckResult.localOnlyReason(burst.checkResult[i]) == Disposition.FORWARD;
    }

    /** Why a packet may not leave as it is. */
    private static int verdict(Burst burst, int i, long adjacency, int ttl) {
        int disposition = AdjacencyTable.disposition(adjacency);
        int localOnlyReason = CheckResult.localOnlyReason(burst.checkResult[i]);
        if ((disposition | localOnlyReason) != 0) {
            return exceptional(disposition, localOnlyReason);
        }
        return ttl <= 1 ? TTL_EXPIRED : TOO_BIG;
    }

    /** A local-only packet may reach the router itself, and nobody else. */
    private static int exceptional(int disposition, int localOnlyReason) {
        boolean forUs = disposition == LOCAL || disposition == PUNT_ROUTE;
        return localOnlyReason == 0 || forUs ? disposition : localOnlyReason;
    }

    /** Writes the Ethernet header before the (new) ethertype, tail first: see {@link AdjacencyTable}. */
    private static void send(Burst burst, int i, long header, long adjacency) {
        int headerBytes = AdjacencyTable.headerBytes(adjacency);
        long frame = header - headerBytes;
        Memory.putLong(header - (Short.BYTES + Long.BYTES), AdjacencyTable.tail(adjacency));
        Memory.putLong(frame, AdjacencyTable.head(adjacency));
        long mbuf = burst.mbufs.get(i);
        int bytes = burst.networkLength[i] + headerBytes;
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes);
        burst.txFrames.add(
                mbuf, burst.router[i], AdjacencyTable.egress(adjacency), AdjacencyTable.target(adjacency), bytes);
    }
}
