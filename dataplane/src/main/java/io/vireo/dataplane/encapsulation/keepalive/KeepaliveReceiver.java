package io.vireo.dataplane.encapsulation.keepalive;

import io.vireo.dataplane.interfaces.FrameMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Memory;

/** Takes replies to keepalives from packets for the router itself. Single user: its worker. */
public final class KeepaliveReceiver {
    private static final long LOW_32 = 0xffff_ffffL;

    private final KeepaliveTable table;

    public KeepaliveReceiver(KeepaliveTable table) {
        this.table = table;
    }

    /** Hears by which MAC address a target is reached. The kernel hears it too: it may have asked as well. */
    public void hearArp(Burst burst, int i, long interfaceRecord) {
        long record = asker(burst, i, interfaceRecord);
        if (record != 0) {
            hear(record, StationQuestion.ofArp(burst, i, record));
        }
    }

    /** As {@link #hearArp}, of IPv6. */
    public void hearAdvertisement(Burst burst, int i, long interfaceRecord) {
        long record = asker(burst, i, interfaceRecord);
        if (record != 0) {
            hear(record, StationQuestion.ofAdvertisement(burst, i, record));
        }
    }

    /** The record of the tunnel that a frame comes out of, if it has asked; else 0. */
    private long asker(Burst burst, int i, long interfaceRecord) {
        long record =
                FrameMark.isSet(interfaceRecord) ? table.ofTunnel(InterfaceTable.encapsulation(interfaceRecord)) : 0;
        boolean isAsking = record != 0
                && KeepaliveTable.life(record) != 0
                && KeepaliveTable.interfaceId(record) == burst.ingress[i]
                && KeepaliveTable.station(record) == StationQuestion.UNKNOWN;
        return isAsking ? record : 0;
    }

    private static void hear(long record, long mac) {
        if (mac != StationQuestion.UNKNOWN) {
            KeepaliveTable.setStation(record, mac);
        }
    }

    /** Whether an IPv4 packet without options is such a reply; then it has been heard. */
    public boolean takeIpv4(Burst burst, int i, long nowNs) {
        long header = burst.network[i];
        long message = header + Ipv4.MIN_HEADER_BYTES;
        boolean isReply = burst.networkLength[i] == Ipv4.MIN_HEADER_BYTES + EchoRequest.MESSAGE_BYTES
                && Memory.getUnsignedByte(header + Ipv4.PROTOCOL) == Icmp.PROTOCOL
                && !Ipv4.isFragment(header)
                && isReply(message, Icmp.ECHO_REPLY)
                && Icmp.isChecksumRight(message, EchoRequest.MESSAGE_BYTES);
        return isReply && take(burst, i, message, 0, Memory.getIntBigEndian(header + Ipv4.SOURCE) & LOW_32, nowNs);
    }

    /** Whether an IPv6 packet is such a reply; then it has been heard. */
    public boolean takeIpv6(Burst burst, int i, long nowNs) {
        long header = burst.network[i];
        long message = header + Ipv6.HEADER_BYTES;
        boolean isReply = burst.networkLength[i] == Ipv6.HEADER_BYTES + EchoRequest.MESSAGE_BYTES
                && Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) == Icmp.PROTOCOL_V6
                && isReply(message, Icmp.ECHO_REPLY_V6)
                && Icmp.isChecksumRightV6(header, message, EchoRequest.MESSAGE_BYTES);
        return isReply
                && take(
                        burst,
                        i,
                        message,
                        Memory.getLongBigEndian(header + Ipv6.SOURCE),
                        Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES),
                        nowNs);
    }

    private static boolean isReply(long message, int type) {
        return Icmp.type(message) == type && Icmp.code(message) == 0;
    }

    /** It is the tunnel's if it comes out of it, from whom it was sent to, with what only that one knows. */
    private boolean take(Burst burst, int i, long message, long sourceHigh, long sourceLow, long nowNs) {
        int index = EchoRequest.index(message);
        if (index < KeepaliveTable.FIRST || index >= table.end()) {
            return false;
        }
        long record = table.record(index);
        boolean isOurs = KeepaliveTable.life(record) != 0
                && KeepaliveTable.token(record) == EchoRequest.token(message)
                && KeepaliveTable.interfaceId(record) == burst.ingress[i]
                && KeepaliveTable.targetHigh(record) == sourceHigh
                && KeepaliveTable.targetLow(record) == sourceLow;
        if (isOurs) {
            KeepaliveTable.replied(record, EchoRequest.number(message), nowNs);
        }
        return isOurs;
    }
}
