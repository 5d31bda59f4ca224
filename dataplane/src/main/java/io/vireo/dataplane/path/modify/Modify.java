package io.vireo.dataplane.path.modify;

import io.vireo.dataplane.encapsulation.Decapsulator;
import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.LabelledRoutes;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Rewrites the packets of a burst for their next hops. Single user: the burst's worker. */
public final class Modify {
    private static final int LOCAL = Disposition.punt(PuntReason.LOCAL);
    private static final int PUNT_ROUTE = Disposition.punt(PuntReason.PUNT_ROUTE);
    private static final int TTL_EXPIRED = Disposition.punt(PuntReason.TTL_EXPIRED);
    private static final int TOO_BIG = Disposition.punt(PuntReason.TOO_BIG);

    private static final int VPN_ID_FOREIGN = Disposition.drop(DropReason.VPN_ID_FOREIGN);
    private static final int NOT_MARKED = Disposition.drop(DropReason.NOT_MARKED);
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);
    private static final int QUEUE_FULL = Disposition.drop(DropReason.QUEUE_FULL);

    private final AdjacencyTable adjacencies;
    private final InterfaceTable interfaces;
    private final Encapsulator encapsulator;
    private final Decapsulator decapsulator;
    private final Reassembler reassembler;
    private final LinkQueue links;
    private final Crossings crossings;
    private final LabelRewrite labels;

    /**
     * @param crossings send on what only crosses the node.
     * @param reassembler takes fragments of what comes out of tunnels.
     * @param links take what comes out of tunnels to the next round.
     */
    public Modify(
            AdjacencyTable adjacencies,
            InterfaceTable interfaces,
            Encapsulator encapsulator,
            Decapsulator decapsulator,
            Reassembler reassembler,
            LinkQueue links,
            Crossings crossings) {
        this.adjacencies = adjacencies;
        this.interfaces = interfaces;
        this.encapsulator = encapsulator;
        this.decapsulator = decapsulator;
        this.reassembler = reassembler;
        this.links = links;
        this.crossings = crossings;
        labels = new LabelRewrite(adjacencies);
    }

    /** Rewrites what both lists may send on, and moves the rest to the exception path. */
    public void process(Burst burst) {
        ipv4(burst, burst.ipv4);
        ipv6(burst, burst.ipv6);
        crossings.process(burst);
        for (int k = 0; k < burst.labelled.count; k++) {
            int i = burst.labelled.packet[k];
            int disposition = burst.labelled.entry[k] == LabelTable.NONE
                    ? receive(burst, i, decapsulator.labelled.unwrap(burst, i))
                    : labels.send(burst, k);
            if (disposition != Disposition.FORWARD) {
                burst.except(i, disposition);
            }
        }
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
                slowPath(burst, i, header, adjacency, ttlWord & 0xff);
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
                slowPath(burst, i, header, adjacency, hopLimit);
            }
        }
    }

    private static boolean mayLeave(Burst burst, int i, long adjacency, int ttl) {
        return ttl > 1
                && burst.networkLength[i] <= AdjacencyTable.limit(adjacency)
                && CheckResult.localOnlyReason(burst.checkResult[i]) == Disposition.FORWARD;
    }

    /** A packet that may not leave as it is: it goes into a tunnel, or came out of one, or gets labels, or goes to the exception path. */
    private void slowPath(Burst burst, int i, long header, long adjacency, int ttl) {
        int disposition = verdict(burst, i, adjacency, ttl);
        if (disposition == Disposition.FORWARD) {
            disposition = AdjacencyTable.isMarking(adjacency)
                    ? mark(burst, i, header, adjacency)
                    : encapsulate(burst, i, header, adjacency);
        } else if (disposition == LOCAL) {
            disposition = terminate(burst, i);
        } else if (disposition == AdjacencyTable.LABELLED) {
            disposition = ttl > 1 ? label(burst, i, header, adjacency) : TTL_EXPIRED;
        }
        if (disposition != Disposition.FORWARD) {
            burst.except(i, disposition);
        }
    }

    private static int verdict(Burst burst, int i, long adjacency, int ttl) {
        int disposition = AdjacencyTable.disposition(adjacency);
        int localOnlyReason = CheckResult.localOnlyReason(burst.checkResult[i]);
        if ((disposition | localOnlyReason) != 0) {
            return exceptional(disposition, localOnlyReason);
        }
        if (ttl <= 1) {
            return TTL_EXPIRED;
        }
        // The option of a marked packet does not count: mark looks at its length.
        boolean isTooBig =
                burst.networkLength[i] > AdjacencyTable.mtu(adjacency) && !AdjacencyTable.isMarking(adjacency);
        return isTooBig ? TOO_BIG : Disposition.FORWARD;
    }

    /** A local-only packet may reach the router itself, and nobody else. */
    private static int exceptional(int disposition, int localOnlyReason) {
        boolean forUs = disposition == LOCAL || disposition == PUNT_ROUTE;
        return localOnlyReason == 0 || forUs ? disposition : localOnlyReason;
    }

    /** Sends a packet into the tunnel of a mid-chain adjacency. */
    private int encapsulate(Burst burst, int i, long header, long adjacency) {
        decrementHopLimit(burst, i, header);
        if (AdjacencyTable.encapsulation(adjacency) == EncapsulationTable.NONE) {
            Rewrite.setEtherType(header, isIpv4(burst, i)); // the adjacency has become usable since the fast path asked
            send(burst, i, header, adjacency);
            return Disposition.FORWARD;
        }
        int disposition = encapsulator.send(
                burst.txFrames, burst.mbufs.get(i), header, burst.networkLength[i], burst.router[i], adjacency);
        if (disposition != Disposition.FORWARD) {
            restoreHopLimit(burst, i, header); // an error about it quotes it as it came, and so does a capture
        }
        return disposition;
    }

    /** Sends a packet with the labels of its route. */
    private static int label(Burst burst, int i, long header, long adjacency) {
        decrementHopLimit(burst, i, header);
        int disposition = LabelledRoutes.send(
                burst.txFrames, burst.mbufs.get(i), header, burst.networkLength[i], burst.router[i], adjacency);
        if (disposition != Disposition.FORWARD) {
            restoreHopLimit(burst, i, header);
        }
        return disposition;
    }

    /** Sends a packet by an interface whose packets say its VPN-ID, or must say none. */
    private int mark(Burst burst, int i, long header, long adjacency) {
        long egress = interfaces.record(AdjacencyTable.egress(adjacency));
        int missing = VpnIdMarker.missingBytes(header, egress);
        if (missing < 0) {
            return missing == VpnIdMarker.FOREIGN ? VPN_ID_FOREIGN : NOT_MARKED;
        }
        int bytes = burst.networkLength[i] + missing;
        if (bytes > AdjacencyTable.mtu(adjacency) + VpnIdMarker.allowance(egress)) {
            return TOO_BIG;
        }
        long mbuf = burst.mbufs.get(i);
        if (header - Mbuf.bufferAddress(mbuf) < AdjacencyTable.headerBytes(adjacency) + missing) {
            return NO_HEADROOM;
        }
        decrementHopLimit(burst, i, header);
        long marked = missing == 0 ? header : VpnIdMarker.insert(header, missing, 0, egress);
        Rewrite.setEtherType(marked, isIpv4(burst, i));
        long frame = Rewrite.setHeader(marked, adjacency);
        Rewrite.send(burst.txFrames, mbuf, burst.router[i], frame, bytes, adjacency);
        return Disposition.FORWARD;
    }

    private static void decrementHopLimit(Burst burst, int i, long header) {
        if (isIpv4(burst, i)) {
            Memory.putInt(header + Ipv4.TTL, Ipv4.decrementTtl(Memory.getInt(header + Ipv4.TTL)));
        } else {
            Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) (Memory.getByte(header + Ipv6.HOP_LIMIT) - 1));
        }
    }

    private static void restoreHopLimit(Burst burst, int i, long header) {
        if (isIpv4(burst, i)) {
            Ipv4.replaceWord(header, Ipv4.TTL, Memory.getUnsignedShort(header + Ipv4.TTL) + 1);
        } else {
            Memory.putByte(header + Ipv6.HOP_LIMIT, (byte) (Memory.getByte(header + Ipv6.HOP_LIMIT) + 1));
        }
    }

    private static boolean isIpv4(Burst burst, int i) {
        return CheckResult.family(burst.checkResult[i]) == CheckResult.FAMILY_IPV4;
    }

    /**
     * What is for the router itself may be for a tunnel's end: then its interface receives in the next round what was inside. A fragment
     * that has been taken goes nowhere: its disposition is that of what has been sent.
     */
    private int terminate(Burst burst, int i) {
        int waiting = reassembler.complete(burst, i);
        if (waiting != Reassembler.GOES_ON) {
            return ~waiting;
        }
        return receive(burst, i, decapsulator.unwrap(burst, i));
    }

    /** Has a tunnel's interface receive what the decapsulator took out, if it did. */
    private int receive(Burst burst, int i, int tunnel) {
        if (tunnel < 0) {
            return ~tunnel;
        }
        return links.offer(burst.mbufs.get(i), tunnel) ? Disposition.FORWARD : QUEUE_FULL;
    }

    private static void send(Burst burst, int i, long header, long adjacency) {
        long frame = Rewrite.setHeader(header, adjacency);
        Rewrite.send(burst.txFrames, burst.mbufs.get(i), burst.router[i], frame, burst.networkLength[i], adjacency);
    }
}
