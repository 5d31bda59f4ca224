package io.vireo.dataplane.path.check;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Validates every frame of a burst by its own bytes. Single user: the burst's worker. */
public final class Check {
    private static final int RUNT = Disposition.drop(DropReason.RUNT_FRAME);
    private static final int IN_PIECES = Disposition.drop(DropReason.FRAME_TOO_LONG);
    private static final int UNKNOWN_ETHERTYPE = Disposition.drop(DropReason.UNKNOWN_ETHERTYPE);
    private static final int SERVICE_TAGGED = Disposition.drop(DropReason.SERVICE_TAGGED);
    private static final int DOUBLE_TAGGED = Disposition.drop(DropReason.DOUBLE_TAGGED);
    private static final int ARP = Disposition.punt(PuntReason.ARP);
    private static final int LINK_PROTOCOL = Disposition.punt(PuntReason.OTHER);

    /** Fills the check arrays of the burst, packet by packet. */
    public void process(Burst burst) {
        int size = burst.size;
        for (int i = 0; i < size; i++) {
            long frame = burst.frame[i];
            int typeAndTag = Memory.getIntBigEndian(frame + Ethernet.TYPE);
            boolean isTagged = typeAndTag >>> Short.SIZE == Ethernet.TYPE_VLAN;
            int headerBytes = isTagged ? Ethernet.TAGGED_HEADER_BYTES : Ethernet.HEADER_BYTES;
            long network = frame + headerBytes;
            int available = burst.frameLength[i] - headerBytes;
            burst.vlan[i] = isTagged ? typeAndTag & Ethernet.VLAN_MASK : 0;
            burst.network[i] = network;
            if (Memory.getShort(network - Short.BYTES) == Ethernet.WIRE_IPV4 && Ipv4Check.isPlain(network, available)) {
                burst.networkLength[i] = Ipv4.totalLength(network);
                burst.checkResult[i] = CheckResult.PLAIN_IPV4;
            } else {
                burst.networkLength[i] = available;
                burst.checkResult[i] = checkSlowPath(burst, i, network, available);
            }
        }
        if (burst.hasChains) {
            rejectChains(burst);
        }
    }

    /**
     * Validates a packet that was found within a frame, as if it had come in one of its own.
     *
     * @param availableBytes from {@code burst.network[i]} on.
     */
    public static void packet(Burst burst, int i, boolean isIpv4, int availableBytes) {
        long network = burst.network[i];
        burst.networkLength[i] = availableBytes;
        if (!isIpv4) {
            burst.checkResult[i] = Ipv6Check.validate(burst, i, network, availableBytes);
        } else if (Ipv4Check.isPlain(network, availableBytes)) {
            burst.networkLength[i] = Ipv4.totalLength(network);
            burst.checkResult[i] = CheckResult.PLAIN_IPV4;
        } else {
            burst.checkResult[i] = Ipv4Check.validate(burst, i, network, availableBytes);
        }
    }

    private static int checkSlowPath(Burst burst, int i, long network, int available) {
        if (available < 0) {
            burst.vlan[i] = 0; // what it says of a tag lies behind its end
            return RUNT;
        }
        int type = Memory.getShort(network - Short.BYTES);
        if (type == Ethernet.WIRE_IPV6) {
            return Ipv6Check.validate(burst, i, network, available);
        }
        if (type == Ethernet.WIRE_IPV4) {
            return Ipv4Check.validate(burst, i, network, available);
        }
        if (type == Ethernet.WIRE_MPLS) {
            return CheckResult.LABELLED;
        }
        return Ethernet.isTag(type) ? otherTags(burst, i) : linkProtocol(burst.frame[i], type);
    }

    /** A service tag, or a tag behind another: not what the outer VLAN's interface is for, nor any other. */
    private static int otherTags(Burst burst, int i) {
        boolean isService = Memory.getShort(burst.frame[i] + Ethernet.TYPE) != Ethernet.WIRE_VLAN;
        burst.vlan[i] = Ethernet.NO_VLAN;
        return isService && !isTagBehindService(burst, i) ? SERVICE_TAGGED : DOUBLE_TAGGED;
    }

    private static boolean isTagBehindService(Burst burst, int i) {
        return burst.frameLength[i] >= Ethernet.TAGGED_HEADER_BYTES
                && Ethernet.isTag(Memory.getShort(burst.frame[i] + Ethernet.TAGGED_TYPE));
    }

    private static void rejectChains(Burst burst) {
        for (int i = 0; i < burst.size; i++) {
            if (Mbuf.segments(burst.mbufs.get(i)) != 1) {
                burst.checkResult[i] = IN_PIECES;
            }
        }
    }

    /**
     * ARP, the LLC protocols (IS-IS, spanning tree: a length instead of a type) and what is for the stations of the link alone are the
     * kernel's and the daemons'.
     */
    private static int linkProtocol(long frame, int type) {
        if (type == Ethernet.WIRE_ARP) {
            return ARP;
        }
        int hostOrder = Short.reverseBytes((short) type) & 0xffff;
        boolean isOfTheLink = hostOrder <= Ethernet.MAX_LENGTH_FIELD
                || Ethernet.isLinkProtocol(hostOrder)
                || Ethernet.isReservedGroup(frame);
        return isOfTheLink ? LINK_PROTOCOL : UNKNOWN_ETHERTYPE;
    }
}
