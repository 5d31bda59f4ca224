package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;

/**
 * An IPv4 header that stands for a frame in which there is no IP packet (ARP, IS-IS): whatever a tunnel takes from the packet inside, it
 * takes from here. Best effort, may be fragmented; its addresses are the ends of those in the frame, so that two stations are a flow.
 * Single user: its worker.
 */
final class DescribedFrame {
    /** Bytes of the description. */
    static final int BYTES = Ipv4.MIN_HEADER_BYTES;

    private static final int FIRST_WORD = 0x4500_0000 | BYTES;

    /** Where the last four bytes of a MAC address begin in it. */
    private static final int MAC_END = 2;

    private final long address = Arena.global().allocate(BYTES, Long.BYTES).address();

    DescribedFrame() {
        Memory.putIntBigEndian(address, FIRST_WORD);
    }

    /** Describes a frame; returns the address of the description, which is good until the next one. */
    long describe(long frame) {
        Memory.putInt(address + Ipv4.SOURCE, Memory.getInt(frame + Ethernet.SOURCE + MAC_END));
        Memory.putInt(address + Ipv4.DESTINATION, Memory.getInt(frame + MAC_END));
        return address;
    }
}
