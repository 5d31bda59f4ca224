package io.vireo.dataplane.path.classify;

import io.vireo.dataplane.membership.policy.Transport;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.Ipv6Chain;
import io.vireo.dataplane.schedule.policy.FilterKey;
import io.vireo.dpdk.Memory;

/** Reads of a packet, whose lengths check has found sound, what lists of members look at. Reused; single user: a worker. */
final class MemberKey {
    final FilterKey key = new FilterKey();

    /** Fills {@link #key}; false if what the packet carries is hidden. */
    boolean read(long header, int bytes, boolean isIpv4) {
        key.isIpv4 = isIpv4;
        key.sourcePort = FilterKey.NO_PORT;
        key.destinationPort = FilterKey.NO_PORT;
        return isIpv4 ? readIpv4(header, bytes) : readIpv6(header, bytes);
    }

    private boolean readIpv4(long header, int bytes) {
        key.sourceLow = Memory.getUnsignedIntBigEndian(header + Ipv4.SOURCE);
        key.destinationLow = Memory.getUnsignedIntBigEndian(header + Ipv4.DESTINATION);
        int offset = Memory.getUnsignedShortBigEndian(header + Ipv4.FRAGMENT) & Ipv4.OFFSET_MASK;
        readPorts(
                Memory.getUnsignedByte(header + Ipv4.PROTOCOL),
                header,
                offset == 0 ? Ipv4.headerBytes(header) : bytes,
                bytes);
        return true;
    }

    private boolean readIpv6(long header, int bytes) {
        key.sourceHigh = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        key.sourceLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
        key.destinationHigh = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        key.destinationLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
        int upperLayer = Ipv6Chain.upperLayer(header, bytes);
        if (upperLayer == Ipv6Chain.HIDDEN) {
            return false;
        }
        readPorts(Ipv6Chain.protocol(upperLayer), header, Ipv6Chain.offset(upperLayer), bytes);
        return true;
    }

    private void readPorts(int protocol, long header, int offset, int bytes) {
        key.protocol = protocol;
        if (Transport.hasPorts(protocol) && offset + Integer.BYTES <= bytes) {
            key.sourcePort = Memory.getUnsignedShortBigEndian(header + offset);
            key.destinationPort = Memory.getUnsignedShortBigEndian(header + offset + Short.BYTES);
        }
    }
}
