package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.outer.MssClamp;
import io.vireo.dataplane.encapsulation.outer.OuterFragments;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.PathLimits;
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
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);

    private static final int FRAME_TOO_LONG = Disposition.drop(DropReason.FRAME_TOO_LONG);
    private final InterfaceTable interfaces;
    private final EncapsulationTable encapsulations;
    private final UnderlayPaths paths;
    private final @Nullable TunnelTap tap;
    private final boolean isLive;
    private final PacketHeaders headers;
    private final OuterFragments fragments;
    private final FrameHeaders frames;
    private final TunnelChain chain;

    /** Null for a tracer. */
    private final @Nullable ShortChain shortChain;

    /**
     * @param tap sees what is sent by tunnel interfaces; null for a tracer, which sends nothing.
     * @param fragments cuts outer packets.
     */
    public Encapsulator(
            InterfaceTable interfaces,
            EncapsulationTable encapsulations,
            SecurityAssociationTable associations,
            AdjacencyTable adjacencies,
            NextHopGroups groups,
            @Nullable TunnelTap tap,
            OuterFragments fragments) {
        this.interfaces = interfaces;
        this.encapsulations = encapsulations;
        paths = new UnderlayPaths(interfaces, encapsulations, adjacencies, groups);
        frames = new FrameHeaders(encapsulations, groups, tap);
        chain = new TunnelChain(encapsulations, associations, paths, frames);
        this.tap = tap;
        this.fragments = fragments;
        isLive = tap != null;
        headers = new PacketHeaders(encapsulations, groups, isLive);
        shortChain = tap == null
                ? null
                : new ShortChain(
                        encapsulations, adjacencies, interfaces.virtualLinks(), associations, headers, frames, tap);
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
     * @param adjacency mid-chain, by which it leaves.
     * @return {@link Disposition#FORWARD}; else what becomes of the packet, which is as it was.
     */
    public int send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, long adjacency) {
        if (shortChain != null && shortChain.send(txFrames, mbuf, packet, bytes, router, adjacency)) {
            return Disposition.FORWARD;
        }
        frames.begin(packet, bytes, adjacency);
        return send(txFrames, mbuf, packet, bytes, router, AdjacencyTable.encapsulation(adjacency));
    }

    /** As {@link #send}, by an interface, past adjacencies; frames have their header before the packet, which then need not be IP. */
    public int sendAsIs(
            TxFrames txFrames, long mbuf, long packet, int bytes, boolean isIp, int router, int encapsulation) {
        frames.beginAsIs(packet, bytes, isIp);
        return send(txFrames, mbuf, packet, bytes, router, encapsulation);
    }

    private int send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, int encapsulation) {
        int disposition = chain.follow(bytes, encapsulation);
        if (disposition != Disposition.FORWARD) {
            return disposition;
        }
        int added = chain.bytesBefore(bytes) + AdjacencyTable.headerBytes(chain.lastAdjacency);
        long buffer = Mbuf.bufferAddress(mbuf);
        if (packet - buffer < added) {
            return NO_HEADROOM;
        }
        if (packet - buffer + bytes + chain.bytesBehind > Mbuf.bufferLength(mbuf)) {
            return FRAME_TOO_LONG;
        }
        if (chain.fragmentAt != TunnelChain.NOWHERE) {
            int refusal = prepareFragments(txFrames);
            if (refusal != Disposition.FORWARD) {
                return refusal;
            }
        }
        wrap(txFrames, mbuf, packet, bytes, router, 0);
        return Disposition.FORWARD;
    }

    /** Writes the headers of the chain from one on; where that is asked for, in fragments. */
    private void wrap(TxFrames txFrames, long mbuf, long packet, int bytes, int router, int from) {
        long outer = packet;
        int length = bytes;
        int sender = router;
        for (int n = from; n < chain.depth; n++) {
            long record = chain.records[n];
            outer = wrap(n, mbuf, sender, outer, length);
            length +=
                    EncapsulationTable.headerBytes(record) + FixUp.otherBytes(EncapsulationTable.fixUp(record), length);
            sender = EncapsulationTable.underlay(record);
            if (n == chain.fragmentAt) {
                wrapFragments(txFrames, mbuf, outer, sender);
                return;
            }
        }
        finish(txFrames, mbuf, outer, length, sender);
    }

    /** Sends a packet by one tunnel of the chain; returns the address of its outer header. */
    private long wrap(int level, long mbuf, int sender, long packet, int bytes) {
        long record = chain.records[level];
        int modes = EncapsulationTable.modes(record);
        if ((modes & TunnelModes.CLAMP_MSS) != 0 && frames.isIp(level)) {
            MssClamp.clamp(packet, bytes, interfaceMtu(record));
        }
        if (FixUp.isEthernet(EncapsulationTable.fixUp(record))) {
            return frames.push(level, mbuf, record, sender, packet, bytes, headers.takeIdentification());
        }
        if (tap != null && !EncapsulationTable.isSubstrate(record)) { // its frames are counted where they leave
            tap.sent(mbuf, EncapsulationTable.interfaceId(record), sender, packet, bytes);
        }
        return headers.push(record, chain.chainAssociations[level], packet, bytes, modes);
    }

    private void finish(TxFrames txFrames, long mbuf, long packet, int bytes, int sender) {
        long outer = packet;
        int length = bytes;
        if (chain.missingBytes > 0) {
            outer = VpnIdMarker.insert(outer, chain.missingBytes, 0, paths.egress(chain.lastAdjacency));
            length += chain.missingBytes;
        }
        if (chain.labelled != TunnelChain.NOT_LABELLED) {
            boolean isStack = FixUp.isOnLink(EncapsulationTable.fixUp(chain.records[chain.depth - 1]));
            outer = LabelledRoutes.push(outer, isStack, chain.labelled);
            length += LabelledRoutes.labelBytes(chain.labelled);
        } else {
            setEtherType(outer);
        }
        long frame = Rewrite.setHeader(outer, chain.lastAdjacency);
        Rewrite.send(txFrames, mbuf, sender, frame, length, chain.lastAdjacency);
        charge(txFrames, TxFrames.place(AdjacencyTable.target(chain.lastAdjacency)));
        if (chain.isEmulated) {
            addWires(txFrames);
        }
    }

    /** The packet comes to the wire of the innermost tunnel first. */
    private void addWires(TxFrames txFrames) {
        for (int n = 0; n < chain.depth; n++) {
            if (EncapsulationTable.isEmulated(chain.records[n])) {
                txFrames.addTunnelWire(EncapsulationTable.interfaceId(chain.records[n]));
            }
        }
    }

    /** Takes the buffers of fragments; the places of what others will list in this round are left. */
    private int prepareFragments(TxFrames txFrames) {
        long record = chain.records[chain.fragmentAt];
        long header = EncapsulationTable.header(record);
        boolean isIpv4 = TunnelChain.isOverIpv4(record);
        return fragments.prepare(
                isIpv4,
                chain.chainBytes[chain.fragmentAt],
                isIpv4 ? Ipv4.headerBytes(header) : Ipv6.HEADER_BYTES,
                chain.fragmentBytes,
                chain.bytesAround - chain.bytesBehindAround + Ethernet.TAGGED_HEADER_BYTES,
                chain.bytesBehindAround,
                PathLimits.FRAGMENTS_PER_ROUND - txFrames.fragments);
    }

    /** All are cut before one is sent on, for its encryption would write over what comes behind the first. */
    private void wrapFragments(TxFrames txFrames, long mbuf, long packet, int router) {
        long record = chain.records[chain.fragmentAt];
        int number = TunnelChain.isOverIpv4(record) ? 0 : encapsulations.takeIdentification(record, isLive);
        fragments.cut(mbuf, packet, number);
        int from = chain.fragmentAt + 1;
        chain.fragmentAt = TunnelChain.NOWHERE;
        for (int n = 0; n < fragments.count(); n++) {
            long fragment = fragments.packet(n);
            wrap(txFrames, fragments.mbuf(n, mbuf), fragment, OuterFragments.bytes(fragment), router, from);
        }
        txFrames.fragments += fragments.count() - 1;
        if (tap != null) {
            tap.fragmented(router);
        }
        for (int n = 0; n < chain.depth; n++) {
            EncapsulationTable.agePathMtu(
                    chain.records[n], txFrames.nowNs); // no sender learns of it, so nobody else looks
        }
    }

    private void setEtherType(long outer) {
        int fixUp = EncapsulationTable.fixUp(chain.records[chain.depth - 1]);
        int type = fixUp == FixUp.SUBSTRATE ? interfaces.virtualLinks().etherType() : FixUp.wireType(fixUp, outer);
        Memory.putShort(outer - Short.BYTES, (short) type);
    }

    /** To the first tunnel that has a class of the port: it is nearest to who sends. */
    private void charge(TxFrames txFrames, int port) {
        for (int n = 0; n < chain.depth; n++) {
            if (EncapsulationTable.hasClassOf(chain.records[n], port)) {
                txFrames.chargeTo(EncapsulationTable.interfaceId(chain.records[n]));
                return;
            }
        }
    }

    private int interfaceMtu(long record) {
        return InterfaceTable.mtu(interfaces.record(EncapsulationTable.interfaceId(record)));
    }
}
