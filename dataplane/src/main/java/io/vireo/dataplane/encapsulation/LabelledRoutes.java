package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.PushedLabels;
import io.vireo.dataplane.nexthop.Rewrite;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Sends packets with the labels of their route, as the ingress of a label-switched path (RFC 3031 §3.12, RFC 3032). The class of each
 * label is the precedence of the packet (RFC 3270 §2.6), its TTL the packet's or one of its own (RFC 3443 §3).
 */
public final class LabelledRoutes {
    private static final int TOO_BIG = Disposition.punt(PuntReason.TOO_BIG);
    private static final int UNRESOLVED = Disposition.drop(DropReason.LABEL_UNRESOLVED);
    private static final int NO_HEADROOM = Disposition.drop(DropReason.NO_HEADROOM);

    private LabelledRoutes() {}

    /**
     * Puts labels before a packet and lists the frame to send.
     *
     * @param packet address of its IP header, whose hop limit has been decremented.
     * @param router that sends it.
     * @param adjacency that {@link AdjacencyTable#isLabelled}.
     * @return {@link Disposition#FORWARD}; else what becomes of the packet, which is as it was.
     */
    public static int send(TxFrames txFrames, long mbuf, long packet, int bytes, int router, long adjacency) {
        long beneath = AdjacencyTable.beneath(adjacency);
        int disposition = disposition(beneath);
        if (disposition != Disposition.FORWARD) {
            return disposition;
        }
        int labelBytes = labelBytes(adjacency);
        if (bytes + labelBytes > AdjacencyTable.mtu(beneath)) {
            return TOO_BIG;
        }
        long stack = packet - labelBytes;
        if (stack - Mbuf.bufferAddress(mbuf) < AdjacencyTable.headerBytes(beneath)) {
            return NO_HEADROOM;
        }
        push(packet, false, adjacency);
        long frame = Rewrite.setHeader(stack, beneath);
        Rewrite.send(txFrames, mbuf, router, frame, bytes + labelBytes, beneath);
        return Disposition.FORWARD;
    }

    /** What becomes of packets with labels that would leave by an adjacency: they are sent, or dropped. */
    public static int disposition(long adjacency) {
        int disposition = AdjacencyTable.disposition(adjacency);
        boolean isUsable = disposition == Disposition.FORWARD && UnderlayPaths.isPlainLink(adjacency);
        return isUsable || Disposition.isDrop(disposition) ? disposition : UNRESOLVED;
    }

    /** The longest packet that leaves by an adjacency that {@link AdjacencyTable#isLabelled} (RFC 3032 §3.1); 0 if none does. */
    public static int maxBytes(long adjacency) {
        return Math.max(0, AdjacencyTable.limit(AdjacencyTable.beneath(adjacency)) - labelBytes(adjacency));
    }

    /** Bytes that the labels of such an adjacency take. */
    static int labelBytes(long adjacency) {
        return PushedLabels.count(AdjacencyTable.labels(adjacency)) * LabelEntry.BYTES;
    }

    /**
     * Puts the labels of an adjacency, and the ethertype, before a packet or, if it begins with a label, before that.
     *
     * @return where they begin.
     */
    static long push(long packet, boolean hasLabel, long adjacency) {
        long labels = AdjacencyTable.labels(adjacency);
        long stack = packet - labelBytes(adjacency);
        int fields = hasLabel ? LabelEntry.fieldsOf(LabelEntry.at(packet)) : OuterModes.fieldsOf(packet);
        int count = PushedLabels.count(labels);
        for (int n = 0; n < count; n++) {
            int entry = LabelEntry.before(PushedLabels.entry(labels, n), fields);
            boolean isLast = n == count - 1 && !hasLabel;
            Memory.putIntBigEndian(stack + (long) n * LabelEntry.BYTES, isLast ? entry : LabelEntry.notBottom(entry));
        }
        Memory.putShort(stack - Short.BYTES, (short) Ethernet.WIRE_MPLS);
        return stack;
    }
}
