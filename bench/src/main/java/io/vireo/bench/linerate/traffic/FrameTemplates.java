package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The headers of every flow at every size, ready to be copied: a frame costs eight stores. One thread.
 */
final class FrameTemplates {
    /** Ethernet, IPv4, UDP, flow and the number's first half: what is copied. */
    private static final int COPIED_WORDS = 6;

    private final int sizes;
    private final long[] words;

    /**
     * Builds them.
     *
     * @param flows how many flows, 1..{@link BenchFrame#MAX_FLOWS}
     * @param frameBytes the sizes, without FCS
     * @param toMac destination MAC address, 48 bits
     * @param fromMac source MAC address, 48 bits
     */
    FrameTemplates(int flows, int[] frameBytes, long toMac, long fromMac) {
        this.sizes = frameBytes.length;
        this.words = new long[flows * sizes * COPIED_WORDS];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment scratch = arena.allocate(BenchFrame.MIN_BYTES, Long.BYTES);
            int at = 0;
            for (int flow = 0; flow < flows; flow++) {
                for (int size : frameBytes) {
                    build(scratch.address(), flow, size, toMac, fromMac);
                    for (int word = 0; word < COPIED_WORDS; word++) {
                        words[at++] = Memory.getLong(scratch.address() + (long) word * Long.BYTES);
                    }
                }
            }
        }
    }

    /** Writes a frame, but for its padding, whatever is there. */
    void write(long frame, int flow, int size, long number, long dueNs) {
        int at = (flow * sizes + size) * COPIED_WORDS;
        Memory.putLong(frame, words[at]);
        Memory.putLong(frame + 8, words[at + 1]);
        Memory.putLong(frame + 16, words[at + 2]);
        Memory.putLong(frame + 24, words[at + 3]);
        Memory.putLong(frame + 32, words[at + 4]);
        Memory.putLong(frame + 40, words[at + 5]);
        Memory.putLongBigEndian(frame + BenchFrame.NUMBER, number);
        Memory.putLongBigEndian(frame + BenchFrame.DUE, dueNs);
    }

    private static void build(long frame, int flow, int frameBytes, long toMac, long fromMac) {
        int packetBytes = frameBytes - BenchFrame.ETHERNET_BYTES;
        putMac(frame, toMac);
        putMac(frame + 6, fromMac);
        Memory.putShortBigEndian(frame + 12, BenchFrame.ETHERTYPE_IPV4);
        long ipv4 = frame + BenchFrame.IPV4;
        Memory.putShortBigEndian(ipv4, 0x4500); // version 4, header of 5 words
        Memory.putShortBigEndian(ipv4 + 2, packetBytes);
        Memory.putIntBigEndian(ipv4 + 4, 0); // not a fragment
        Memory.putShortBigEndian(ipv4 + 8, BenchFrame.TTL << 8 | BenchFrame.PROTOCOL_UDP);
        Memory.putShortBigEndian(ipv4 + 10, 0);
        Memory.putIntBigEndian(ipv4 + 12, BenchFrame.SOURCE_ADDRESS);
        Memory.putIntBigEndian(ipv4 + 16, BenchFrame.destinationAddress(flow));
        Memory.putShortBigEndian(ipv4 + 10, BenchFrame.headerChecksum(ipv4));
        long udp = frame + BenchFrame.UDP;
        Memory.putShortBigEndian(udp, BenchFrame.SOURCE_PORT);
        Memory.putShortBigEndian(udp + 2, BenchFrame.DESTINATION_PORT);
        Memory.putShortBigEndian(udp + 4, packetBytes - BenchFrame.IPV4_BYTES);
        Memory.putShortBigEndian(udp + 6, 0);
        Memory.putShortBigEndian(frame + BenchFrame.FLOW, flow);
    }

    private static void putMac(long address, long mac) {
        Memory.putShortBigEndian(address, (int) (mac >>> 32));
        Memory.putIntBigEndian(address + 2, (int) mac);
    }
}
