package io.vireo.dataplane.path.check;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.wire.DropReason;
import io.vireo.dataplane.wire.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Judges every frame of a burst by its own bytes. Single user: the burst's worker. */
public final class Check {
    private static final int RUNT = Disposition.drop(DropReason.RUNT_FRAME);
    private static final int IN_PIECES = Disposition.drop(DropReason.FRAME_TOO_LONG);
    private static final int UNKNOWN_ETHERTYPE = Disposition.drop(DropReason.UNKNOWN_ETHERTYPE);
    private static final int ARP = Disposition.punt(PuntReason.ARP);
    private static final int LINK_PROTOCOL = Disposition.punt(PuntReason.OTHER);

    /** Fills the check columns of the burst, packet by packet. */
    public void process(final Burst burst) {
        final int size = burst.size;
        for (int i = 0; i < size; i++) {
            final long frame = burst.frame[i];
            final int type = Memory.getShort(frame + Ethernet.TYPE);
            burst.restriction[i] = 0;
            if (type == Ethernet.WIRE_IPV4 && isWhole(burst, i)) {
                burst.vlan[i] = 0;
                ipv4(burst, i, frame + Ethernet.HEADER_BYTES, burst.frameLength[i] - Ethernet.HEADER_BYTES);
            } else {
                other(burst, i, frame, type);
            }
        }
    }

    private static boolean isWhole(final Burst burst, final int i) {
        return burst.frameLength[i] >= Ethernet.HEADER_BYTES && Mbuf.segments(burst.mbufs.get(i)) == 1;
    }

    private static void other(final Burst burst, final int i, final long frame, final int type) {
        final int length = burst.frameLength[i];
        burst.vlan[i] = 0;
        if (length < Ethernet.HEADER_BYTES) {
            reject(burst, i, RUNT);
        } else if (Mbuf.segments(burst.mbufs.get(i)) != 1) {
            reject(burst, i, IN_PIECES);
        } else if (type != Ethernet.WIRE_VLAN) {
            payload(burst, i, type, frame + Ethernet.HEADER_BYTES, length - Ethernet.HEADER_BYTES);
        } else if (length < Ethernet.TAGGED_HEADER_BYTES) {
            reject(burst, i, RUNT);
        } else {
            burst.vlan[i] = Memory.getUnsignedShortBigEndian(frame + Ethernet.TAG) & Ethernet.VLAN_MASK;
            final int inner = Memory.getShort(frame + Ethernet.TAGGED_TYPE);
            final int headerBytes = Ethernet.TAGGED_HEADER_BYTES;
            payload(burst, i, inner, frame + headerBytes, length - headerBytes);
        }
    }

    private static void payload(
            final Burst burst, final int i, final int type, final long network, final int available) {
        if (type == Ethernet.WIRE_IPV4) {
            ipv4(burst, i, network, available);
        } else if (type == Ethernet.WIRE_IPV6) {
            burst.network[i] = network;
            burst.disposition[i] = Ipv6Check.judge(burst, i, network, available);
            burst.family[i] = Burst.FAMILY_IPV6;
        } else {
            burst.network[i] = network;
            burst.networkLength[i] = available;
            reject(burst, i, linkProtocol(type));
        }
    }

    private static void ipv4(final Burst burst, final int i, final long network, final int available) {
        burst.network[i] = network;
        burst.disposition[i] = Ipv4Check.judge(burst, i, network, available);
        burst.family[i] = Burst.FAMILY_IPV4;
    }

    /** ARP and the LLC protocols (IS-IS, spanning tree: a length instead of a type) are the kernel's and the daemons'. */
    private static int linkProtocol(final int type) {
        if (type == Ethernet.WIRE_ARP) {
            return ARP;
        }
        final int hostOrder = Short.reverseBytes((short) type) & 0xffff;
        return hostOrder <= Ethernet.MAX_LENGTH_FIELD ? LINK_PROTOCOL : UNKNOWN_ETHERTYPE;
    }

    private static void reject(final Burst burst, final int i, final int why) {
        burst.disposition[i] = why;
        burst.family[i] = Burst.FAMILY_NONE;
    }
}
