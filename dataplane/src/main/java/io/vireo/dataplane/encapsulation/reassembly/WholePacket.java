package io.vireo.dataplane.encapsulation.reassembly;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/** Makes packets of a burst whole. For the burst's worker. */
final class WholePacket {
    private static final int CONGESTED = 3;

    private WholePacket() {}

    /** Takes the fragment header out of an atomic fragment: the bytes before it move over it (RFC 6946 §4). */
    static void removeFragmentHeader(Burst burst, int i, FragmentHeader fragment) {
        long header = fragment.header + FragmentHeader.BYTES;
        int nextHeader = Memory.getUnsignedByte(fragment.header + fragment.headerBytes);
        long frame = burst.frame[i];
        int before = (int) (fragment.header - frame) + fragment.headerBytes;
        Memory.copy(frame, frame + FragmentHeader.BYTES, before);
        Memory.putByte(FragmentHeader.nextHeader(header, fragment.headerBytes), (byte) nextHeader);
        burst.networkLength[i] -= FragmentHeader.BYTES;
        Memory.putShortBigEndian(header + Ipv6.PAYLOAD_LENGTH, burst.networkLength[i] - Ipv6.HEADER_BYTES);
        Mbuf.removeFront(burst.mbufs.get(i), FragmentHeader.BYTES);
        burst.frame[i] += FragmentHeader.BYTES;
        burst.frameLength[i] -= FragmentHeader.BYTES;
        burst.network[i] = header;
    }

    /** Copies what a packet has of its first fragment: the header before what is fragmented, which says what follows. */
    static void copyHeader(FragmentHeader fragment, long header) {
        Memory.copy(fragment.header, header, fragment.headerBytes);
        if (!fragment.isIpv4) {
            byte nextHeader = Memory.getByte(fragment.header + fragment.headerBytes);
            Memory.putByte(FragmentHeader.nextHeader(header, fragment.headerBytes), nextHeader);
        }
    }

    /** Makes the first fragment's header the packet's; whether any was marked as congested, it says then (RFC 3168 §5.3). */
    static void finishHeader(long header, int headerBytes, int bytes, boolean isIpv4, boolean isCongested) {
        int ecn = isCongested ? CONGESTED : 0;
        if (isIpv4) {
            Memory.putByte(header + Ipv4.TOS, (byte) (Memory.getByte(header + Ipv4.TOS) | ecn));
            Memory.putShortBigEndian(header + Ipv4.TOTAL_LENGTH, bytes);
            Memory.putShortBigEndian(header + Ipv4.FRAGMENT, 0);
            Ipv4.setChecksum(header, headerBytes);
        } else {
            Memory.putIntBigEndian(header, Memory.getIntBigEndian(header) | ecn << 20);
            Memory.putShortBigEndian(header + Ipv6.PAYLOAD_LENGTH, bytes - Ipv6.HEADER_BYTES);
        }
    }

    /** Puts a packet, whose header is complete, in the place of packet {@code i}: behind the Ethernet header of that. */
    static void replace(Burst burst, int i, long mbuf, long header, int bytes, boolean isIpv4) {
        long frame = header - Ethernet.HEADER_BYTES;
        Memory.copy(burst.frame[i], frame, Ethernet.TYPE);
        Memory.putShort(frame + Ethernet.TYPE, (short) (isIpv4 ? Ethernet.WIRE_IPV4 : Ethernet.WIRE_IPV6));
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, bytes + Ethernet.HEADER_BYTES);
        burst.mbufs.set(i, mbuf);
        burst.frame[i] = frame;
        burst.frameLength[i] = bytes + Ethernet.HEADER_BYTES;
        burst.network[i] = header;
        burst.networkLength[i] = bytes;
    }
}
