package io.vireo.dataplane.path.classify;

import io.vireo.dataplane.encapsulation.InnerFrame;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.CrossingMark;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Memory;

/** Finds whose a frame of a virtual link is, and the packet inside. Single user: the burst's worker. */
final class VirtualLinks {
    /** What check says of a frame that may be one: it does not know the ethertype. */
    static final int CANDIDATE = Disposition.drop(DropReason.UNKNOWN_ETHERTYPE);

    /** In place of a disposition: the frame goes on by another interface, whatever it carries. No disposition is negative. */
    static final int CROSSING = -1;

    private static final int MALFORMED = ~Disposition.drop(DropReason.TUNNEL_MALFORMED);
    private static final int WRONG_ID = ~Disposition.drop(DropReason.TUNNEL_KEY);
    private static final int WRONG_SENDER = ~Disposition.drop(DropReason.SUBSTRATE_SENDER);
    private static final int OTHER_PAYLOAD = Disposition.drop(DropReason.TUNNEL_PAYLOAD);
    private static final int WRONG_MAC = Disposition.drop(DropReason.WRONG_MAC);

    private final VirtualLinkTable table;

    VirtualLinks(VirtualLinkTable table) {
        this.table = table;
    }

    /** Whether a frame of which check has found {@link #CANDIDATE} came by a port with the ethertype of virtual links. */
    boolean isOne(Burst burst, int i) {
        return burst.origin[i] >= 0 && Memory.getShort(burst.network[i] - Short.BYTES) == table.etherType();
    }

    /** The interface of a frame; else, negative, the complement of its disposition: it is nobody's. */
    int find(Burst burst, int i) {
        long header = burst.network[i];
        if (!SubstrateHeader.isSound(header, burst.networkLength[i])) {
            return MALFORMED;
        }
        int port = burst.origin[i];
        int vlan = burst.vlan[i];
        long sender = VirtualLinkTable.senderOf(burst.frame[i]);
        int id = table.find(port, vlan, sender, SubstrateHeader.id(header));
        if (id == VirtualLinkTable.NONE) {
            return table.isSender(port, vlan, sender) ? WRONG_ID : WRONG_SENDER;
        }
        return id;
    }

    /**
     * Makes of a frame of an interface, with this record, what the interface receives: the packet inside, checked, behind an Ethernet
     * header that is addressed to it. The length of the frame that came stays the one to be counted.
     *
     * @return {@link Disposition#FORWARD}, {@link #CROSSING}, or what becomes of the frame; but for the first it is as it was.
     */
    int unwrap(Burst burst, int i, int interfaceId, long record) {
        long header = burst.network[i];
        if (VirtualLinkTable.receiverOf(burst.frame[i]) != table.receiver(interfaceId)) {
            return WRONG_MAC;
        }
        if (CrossingMark.isSet(record)) {
            burst.networkLength[i] = SubstrateHeader.length(header);
            return CROSSING;
        }
        int protocol = SubstrateHeader.protocol(header);
        if (protocol != Ethernet.WIRE_IPV4 && protocol != Ethernet.WIRE_IPV6) {
            return OTHER_PAYLOAD;
        }
        boolean isIpv4 = protocol == Ethernet.WIRE_IPV4;
        long packet = header + SubstrateHeader.BYTES;
        int bytes = SubstrateHeader.length(header);
        InnerFrame.wrap(burst.mbufs.get(i), packet, bytes, isIpv4, record);
        burst.frame[i] = packet - Ethernet.HEADER_BYTES;
        burst.network[i] = packet;
        burst.vlan[i] = 0;
        Check.packet(burst, i, isIpv4, bytes);
        return Disposition.FORWARD;
    }
}
