package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.EspSender;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.outer.MssClamp;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.encapsulation.vns.VnsHeader;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Sends packets into tunnels: writes the headers of an encapsulation and of those underneath it, and the Ethernet header at the
 * end of the chain. Single user: its worker.
 *
 * <p>The chain is followed to its end first, so a packet that cannot be sent is as it was. Its hop limit is the caller's to
 * decrement: a packet that the kernel sends has had that done (RFC 2003 §3.1).
 */
public final class Encapsulator {
    /** Encapsulations within each other. A chain that leads back to itself ends here too (RFC 2473 §4.1.2). */
    static final int MAX_DEPTH = 4;

    private static final int UNDERLAY_UNRESOLVED = Disposition.drop(DropReason.UNDERLAY_UNRESOLVED);
    private static final int NESTED_TOO_DEEP = Disposition.drop(DropReason.NESTED_TOO_DEEP);
    private static final int ENCAPSULATED_TOO_BIG = Disposition.drop(DropReason.ENCAPSULATED_TOO_BIG);
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);

    private static final int FRAME_TOO_LONG = Disposition.drop(DropReason.FRAME_TOO_LONG);
    private static final int VPN_ID_FOREIGN = Disposition.drop(DropReason.VPN_ID_FOREIGN);
    private static final int NOT_MARKED = Disposition.drop(DropReason.NOT_MARKED);

    private final InterfaceTable interfaces;
    private final EncapsulationTable encapsulations;
    private final SecurityAssociationTable associations;
    private final NextHopGroups groups;
    private final UnderlayPaths paths;
    private final @Nullable TunnelTap tap;
    private final boolean isLive;
    private final EspSender esp;
    private final long[] chain = new long[MAX_DEPTH];
    private final long[] chainAssociations = new long[MAX_DEPTH];
    private final int[] chainBytes = new int[MAX_DEPTH];
    private int depth;
    private long lastAdjacency;
    private int encapsulatedBytes;
    private int bytesBehind;
    private int missingBytes;
    private int identification;

    /** @param tap sees what is sent by tunnel interfaces; null for a tracer, which sends nothing. */
    public Encapsulator(
            InterfaceTable interfaces,
            EncapsulationTable encapsulations,
            SecurityAssociationTable associations,
            AdjacencyTable adjacencies,
            NextHopGroups groups,
            @Nullable TunnelTap tap) {
        this.interfaces = interfaces;
        this.encapsulations = encapsulations;
        this.associations = associations;
        paths = new UnderlayPaths(interfaces, encapsulations, adjacencies, groups);
        this.groups = groups;
        this.tap = tap;
        isLive = tap != null;
        esp = new EspSender(isLive);
    }

    /** The ways that what is sent takes. */
    public UnderlayPaths paths() {
        return paths;
    }

    /**
     * Encapsulates a packet and lists the frame to send.
     *
     * @param packet address of its IP header.
     * @param bytes of the packet.
     * @param router that sends it by the tunnel interface.
     * @param encapsulation index of the first.
     * @return {@link Disposition#FORWARD}; else what becomes of the packet, which is as it was.
     */
    public int send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, int encapsulation) {
        int disposition = followChain(packet, bytes, encapsulation);
        if (disposition != Disposition.FORWARD) {
            return disposition;
        }
        int added = encapsulatedBytes - bytes - bytesBehind + AdjacencyTable.headerBytes(lastAdjacency);
        long buffer = Mbuf.bufferAddress(mbuf);
        if (packet - buffer < added) {
            return NO_HEADROOM;
        }
        if (packet - buffer + bytes + bytesBehind > Mbuf.bufferLength(mbuf)) {
            return FRAME_TOO_LONG;
        }
        long outer = packet;
        int length = bytes;
        int sender = router;
        for (int n = 0; n < depth; n++) {
            long record = chain[n];
            int modes = EncapsulationTable.modes(record);
            if ((modes & TunnelModes.CLAMP_MSS) != 0) {
                MssClamp.clamp(outer, length, interfaceMtu(record));
            }
            if (tap != null && !isSubstrate(record)) { // its frames are counted where they leave
                tap.sent(mbuf, EncapsulationTable.interfaceId(record), sender, outer, length);
            }
            outer = push(record, chainAssociations[n], outer, length, modes);
            length = chainBytes[n];
            sender = EncapsulationTable.underlay(record);
        }
        if (missingBytes > 0) {
            outer = VpnIdMarker.insert(outer, missingBytes, 0, paths.egress(lastAdjacency));
            length += missingBytes;
        }
        setEtherType(outer);
        long frame = Rewrite.setHeader(outer, lastAdjacency);
        Rewrite.send(txFrames, mbuf, sender, frame, length, lastAdjacency);
        charge(txFrames, TxFrames.place(AdjacencyTable.target(lastAdjacency)));
        return Disposition.FORWARD;
    }

    private void setEtherType(long outer) {
        if (isSubstrate(chain[depth - 1])) {
            Memory.putShort(
                    outer - Short.BYTES, (short) interfaces.virtualLinks().etherType());
        } else {
            Rewrite.setEtherType(outer, Ipv4.isVersion4(outer));
        }
    }

    private static boolean isSubstrate(long record) {
        return EncapsulationTable.fixUp(record) == FixUp.SUBSTRATE;
    }

    /** To the first tunnel that has a class of the port: it is nearest to who sends. */
    private void charge(TxFrames txFrames, int port) {
        for (int n = 0; n < depth; n++) {
            if (EncapsulationTable.hasClassOf(chain[n], port)) {
                txFrames.chargeTo(EncapsulationTable.interfaceId(chain[n]));
                return;
            }
        }
    }

    /** Finds each encapsulation down to the adjacency that is a neighbour's. */
    private int followChain(long packet, int bytes, int first) {
        int encapsulation = first;
        depth = 0;
        encapsulatedBytes = bytes;
        bytesBehind = 0;
        missingBytes = 0;
        while (encapsulation != EncapsulationTable.NONE) {
            if (depth == MAX_DEPTH) {
                return NESTED_TOO_DEEP;
            }
            long record = encapsulations.record(encapsulation);
            if (FixUp.isEsp(EncapsulationTable.fixUp(record))) {
                int refusal = followEsp(record);
                if (refusal != Disposition.FORWARD) {
                    return refusal;
                }
            }
            encapsulatedBytes += EncapsulationTable.headerBytes(record);
            chainBytes[depth] = encapsulatedBytes;
            chain[depth++] = record;
            lastAdjacency = paths.adjacency(record, packet, bytes);
            int disposition = AdjacencyTable.disposition(lastAdjacency);
            if (disposition != Disposition.FORWARD) {
                return Disposition.isDrop(disposition) ? disposition : UNDERLAY_UNRESOLVED;
            }
            if (AdjacencyTable.isMarking(lastAdjacency)) {
                int refusal = mark(record);
                if (refusal != Disposition.FORWARD) {
                    return refusal;
                }
            }
            if (encapsulatedBytes > paths.mtu(record, lastAdjacency)) {
                return ENCAPSULATED_TOO_BIG;
            }
            encapsulation = AdjacencyTable.encapsulation(lastAdjacency);
        }
        return Disposition.FORWARD;
    }

    /** The association is read once: the next packet may find another. */
    private int followEsp(long record) {
        long association = associations.record(EncapsulationTable.association(record));
        int behind = EspHeader.bytesBehind(encapsulatedBytes);
        chainAssociations[depth] = association;
        encapsulatedBytes += behind;
        bytesBehind += behind;
        return SecurityAssociationTable.sendDisposition(association);
    }

    /** Makes room for the VPN-ID of the interface by which the outermost header leaves, if that does not say it itself. */
    private int mark(long record) {
        int missing = VpnIdMarker.missingBytes(EncapsulationTable.header(record), paths.egress(lastAdjacency));
        if (missing < 0) {
            return missing == VpnIdMarker.FOREIGN ? VPN_ID_FOREIGN : NOT_MARKED;
        }
        missingBytes = missing;
        encapsulatedBytes += missing;
        return Disposition.FORWARD;
    }

    private int interfaceMtu(long record) {
        return InterfaceTable.mtu(interfaces.record(EncapsulationTable.interfaceId(record)));
    }

    /** Writes one header, and what is behind the packet; returns the header's address. */
    private long push(long record, long association, long packet, int bytes, int modes) {
        int headerBytes = EncapsulationTable.headerBytes(record);
        int innerFields = modes == TunnelModes.DEFAULT ? 0 : OuterModes.fieldsOf(packet);
        long header = packet - headerBytes;
        EncapsulationTable.copyHeader(record, header, headerBytes);
        switch (EncapsulationTable.fixUp(record)) {
            case FixUp.IPIP_OVER_IPV4 ->
                OuterHeader.fixUpIpv4(header, packet, bytes, IpIpHeader.protocolOf(packet), identification++);
            case FixUp.IPIP_OVER_IPV6 ->
                OuterHeader.fixUpIpv6(
                        header, packet, bytes, IpIpHeader.protocolOf(packet), flowHash(record, packet, bytes));
            case FixUp.GRE_OVER_IPV4 -> {
                fixUpGre(record, header + Ipv4.MIN_HEADER_BYTES, packet, bytes);
                OuterHeader.fixUpIpv4(header, packet, bytes, GreHeader.PROTOCOL, identification++);
            }
            case FixUp.GRE_OVER_IPV6 -> {
                fixUpGre(record, header + Ipv6.HEADER_BYTES, packet, bytes);
                OuterHeader.fixUpIpv6(header, packet, bytes, GreHeader.PROTOCOL, flowHash(record, packet, bytes));
            }
            case FixUp.ESP_OVER_IPV4 -> {
                int espBytes = bytes + EspHeader.bytesBehind(bytes);
                OuterHeader.fixUpIpv4(header, packet, espBytes, EspHeader.PROTOCOL, identification++);
                seal(association, packet, bytes);
            }
            case FixUp.ESP_OVER_IPV6 -> {
                int espBytes = bytes + EspHeader.bytesBehind(bytes);
                OuterHeader.fixUpIpv6(header, packet, espBytes, EspHeader.PROTOCOL, flowHash(record, packet, bytes));
                seal(association, packet, bytes);
            }
            case FixUp.VNS_OVER_IPV4 -> {
                OuterHeader.fixUpIpv4(header, packet, bytes, IpIpHeader.protocolOf(packet), identification++);
                fixUpVns(record, header, packet, bytes);
            }
            case FixUp.SUBSTRATE -> SubstrateHeader.fixUp(header, packet, bytes);
            default -> throw new IllegalStateException("no such fix-up");
        }
        if (modes != TunnelModes.DEFAULT) {
            OuterModes.fixUp(header, innerFields, modes);
        }
        return header;
    }

    /** After the outer header, which is made of what is readable until then. */
    private void seal(long association, long packet, int bytes) {
        esp.seal(association, packet - EspHeader.BYTES, bytes, IpIpHeader.protocolOf(packet));
    }

    /** No packet is dropped from here on, so a number that is taken is sent. */
    private void fixUpGre(long record, long gre, long packet, int bytes) {
        boolean hasSequence = GreHeader.hasSequence(GreHeader.flags(gre));
        int sequence = hasSequence ? EncapsulationTable.takeSequence(record, isLive) : 0;
        GreHeader.fixUp(gre, packet, bytes, sequence);
    }

    private void fixUpVns(long record, long header, long packet, int bytes) {
        if (VnsHeader.hasFlow(header)) {
            VnsHeader.putFlow(header, flowHash(record, packet, bytes));
        }
        VnsHeader.addOptionsToChecksum(header);
    }

    /** Of the flow within the tunnel: what the flow label or flow identifier around it is made of. */
    private int flowHash(long record, long packet, int bytes) {
        return groups.flowHash(EncapsulationTable.interfaceId(record), packet, bytes);
    }
}
