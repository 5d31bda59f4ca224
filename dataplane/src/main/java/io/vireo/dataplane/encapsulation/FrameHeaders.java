package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.encapsulation.vxlan.VxlanHeader;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.TunnelModes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the headers of tunnels that carry Ethernet frames: that of the frame, and those of the tunnel. Part of {@link Encapsulator},
 * which says what the parameters have in common. Single user: its worker.
 */
final class FrameHeaders {
    private static final int UDP_BYTES = OuterUdp.BYTES + VxlanHeader.BYTES;

    /** Instead of an adjacency: the Ethernet header is there. */
    private static final long NO_ENTRY = 0;

    private final EncapsulationTable encapsulations;
    private final NextHopGroups groups;
    private final @Nullable TunnelTap tap;
    private final boolean isLive;
    private final DescribedFrame describedFrame = new DescribedFrame();

    /** By which adjacency the packet comes to each level of the chain: it has the Ethernet header that the packet gets there. */
    private final long[] entries = new long[TunnelChain.MAX_DEPTH + 1];

    private boolean isIp;
    private long described;
    private int describedBytes;

    /** @param tap sees what is sent; null: the frames are only traced, and use up no number. */
    FrameHeaders(EncapsulationTable encapsulations, NextHopGroups groups, @Nullable TunnelTap tap) {
        this.encapsulations = encapsulations;
        this.groups = groups;
        this.tap = tap;
        isLive = tap != null;
    }

    /** A packet comes to the chain by an adjacency. */
    void begin(long packet, int bytes, long adjacency) {
        entries[0] = adjacency;
        isIp = true;
        described = packet;
        describedBytes = bytes;
    }

    /** What comes is in a frame already, if the first tunnel carries frames; it may be no IP packet then. */
    void beginAsIs(long packet, int bytes, boolean isIpPacket) {
        entries[0] = NO_ENTRY;
        isIp = isIpPacket;
        described = isIp ? packet : describedFrame.describe(packet - Ethernet.HEADER_BYTES);
        describedBytes = isIp ? bytes : DescribedFrame.BYTES;
    }

    /** The packet comes to a level of the chain by an adjacency. */
    void enter(int level, long adjacency) {
        entries[level] = adjacency;
    }

    /** Whether it is an IP packet that is wrapped at a level: all of them are but perhaps the first. */
    boolean isIp(int level) {
        return isIp || level > 0;
    }

    /** Address of the IP header that describes the packet that comes to the chain: its own, if it has one. */
    long described() {
        return described;
    }

    int describedBytes() {
        return describedBytes;
    }

    /**
     * Puts a packet into its frame, if it is in none, and wraps that; returns the address of the outer header.
     *
     * @param identification of an outer IPv4 header: another one than any packet of any kind has between the same addresses.
     */
    long push(int level, long mbuf, long record, int sender, long packet, int bytes, int identification) {
        if (entries[level] != NO_ENTRY) {
            Rewrite.setEtherType(packet, Ipv4.isVersion4(packet));
            Rewrite.setHeader(packet, entries[level]);
        }
        long frame = packet - Ethernet.HEADER_BYTES;
        int frameBytes = bytes + Ethernet.HEADER_BYTES;
        int interfaceId = EncapsulationTable.interfaceId(record);
        if (tap != null) {
            tap.sentFrame(mbuf, interfaceId, sender, frame, frameBytes);
        }
        long description = isIp(level) ? packet : described;
        int hash = groups.flowHash(interfaceId, description, isIp(level) ? bytes : describedBytes);
        long header = push(record, frame, frameBytes, description, hash, identification);
        // What is no IP packet has no hop limit to follow.
        int modes = EncapsulationTable.modes(record) & (isIp(level) ? -1 : ~TunnelModes.UNIFORM_TTL);
        if (modes != TunnelModes.DEFAULT) {
            OuterModes.fixUp(header, OuterModes.fieldsOf(description), modes);
        }
        if ((modes & TunnelModes.FRAGMENT_OUTER) != 0 && Ipv4.isVersion4(header)) {
            OuterModes.allowFragments(header, encapsulations.takeIdentification(record, isLive));
        }
        return header;
    }

    private long push(long record, long frame, int bytes, long description, int flowHash, int identification) {
        int headerBytes = EncapsulationTable.headerBytes(record);
        long header = frame - headerBytes;
        boolean isIpv4 = TunnelChain.isOverIpv4(record);
        EncapsulationTable.copyHeader(record, header, isIpv4 ? Ipv4.MIN_HEADER_BYTES : 0, headerBytes);
        int protocol = EncapsulationTable.fixUp(record) == FixUp.VXLAN
                ? fixUpVxlan(frame, bytes, flowHash)
                : fixUpGre(record, header, frame, bytes);
        if (isIpv4) {
            long template = EncapsulationTable.header(record);
            OuterHeader.copyIpv4(template, header, headerBytes + bytes, description, protocol, identification);
        } else {
            OuterHeader.completeIpv6(header, headerBytes + bytes, description, protocol, flowHash);
        }
        return header;
    }

    private static int fixUpVxlan(long frame, int bytes, int flowHash) {
        OuterUdp.fixUp(frame - UDP_BYTES, bytes + UDP_BYTES, flowHash);
        return OuterUdp.PROTOCOL;
    }

    private int fixUpGre(long record, long header, long frame, int bytes) {
        long gre = header + (TunnelChain.isOverIpv4(record) ? Ipv4.MIN_HEADER_BYTES : Ipv6.HEADER_BYTES);
        GreHeader.fixUpEthernet(gre, frame, bytes, EncapsulationTable.greSequence(record, gre, isLive));
        return GreHeader.PROTOCOL;
    }
}
