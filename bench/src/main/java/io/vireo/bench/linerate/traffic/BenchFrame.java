package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.Memory;

/**
 * What every frame of the generator looks like. The smallest frame, 64 bytes with its FCS, just holds it:
 *
 * <pre>
 *  0        6        12   14                       34           42    44         52         60
 *  +--------+--------+----+------------------------+------------+-----+----------+----------+- - - -
 *  | to     | from   |0800| IPv4, 20 bytes         | UDP, 8     |flow | number   | due, ns  | padding
 *  +--------+--------+----+------------------------+------------+-----+----------+----------+- - - -
 * </pre>
 *
 * All numbers are big-endian. The UDP checksum is 0, not computed (RFC 768), so no device need touch the payload; due is
 * {@link System#nanoTime} of the generator. The number's upper 16 bits say to which trial the frame belongs.
 */
final class BenchFrame {
    static final int ETHERNET_BYTES = 14;
    static final int IPV4_BYTES = 20;
    static final int UDP_BYTES = 8;
    static final int FCS_BYTES = 4;

    static final int IPV4 = ETHERNET_BYTES;
    static final int UDP = IPV4 + IPV4_BYTES;
    static final int IPV4_SOURCE = IPV4 + 12;
    static final int IPV4_DESTINATION = IPV4 + 16;
    static final int FLOW = UDP + UDP_BYTES;
    static final int NUMBER = FLOW + Short.BYTES;
    static final int DUE = NUMBER + Long.BYTES;

    /** The smallest frame without its FCS. */
    static final int MIN_BYTES = DUE + Long.BYTES;

    /** The largest frame without its FCS, untagged, at the customary MTU of 1500. */
    static final int MAX_BYTES = ETHERNET_BYTES + 1500;

    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int PROTOCOL_UDP = 17;
    static final int TTL = 64;
    static final int SOURCE_PORT = 1024;

    /** Discard: RFC 863. */
    static final int DESTINATION_PORT = 9;

    /** 192.0.2.1. */
    static final int SOURCE_ADDRESS = 192 << 24 | 2 << 8 | 1;

    /** Flow n goes to 198.18.0.1 + n * 256: the addresses for benchmarks, RFC 2544 appendix C.2.2, in prefixes of 24 bits. */
    static final int FIRST_PREFIX = 198 << 24 | 18 << 16;

    /** 198.18.0.0/15 holds so many prefixes of 24 bits. */
    static final int MAX_FLOWS = 512;

    /** 198.18.0.0/15. */
    private static final int PREFIXES_MASK = 0xfffe_0000;

    private static final int TRIAL_SHIFT = 48;

    private BenchFrame() {}

    static int destinationAddress(int flow) {
        return FIRST_PREFIX + (flow << 8) + 1;
    }

    /** A frame's number: the trial, and the frame's place in its flow. */
    static long number(int trial, long place) {
        return (long) trial << TRIAL_SHIFT | place;
    }

    /** Trial of a number, 0..65535. */
    static int trial(long number) {
        return (int) (number >>> TRIAL_SHIFT);
    }

    /** Place in its flow of a number. */
    static long place(long number) {
        return number & (1L << TRIAL_SHIFT) - 1;
    }

    /**
     * Whether a frame is, or was, one of the generator's: by its IPv4 addresses, either of which suffices, so that one that was
     * spoiled is not taken for somebody else's. Linux and switches send frames of their own on ports that they can reach.
     */
    static boolean isOurs(long frame, int lengthBytes) {
        return lengthBytes >= UDP
                && (Memory.getIntBigEndian(frame + IPV4_SOURCE) == SOURCE_ADDRESS
                        || (Memory.getIntBigEndian(frame + IPV4_DESTINATION) & PREFIXES_MASK) == FIRST_PREFIX);
    }

    static int readFlow(long frame) {
        return Memory.getUnsignedShortBigEndian(frame + FLOW);
    }

    static long readNumber(long frame) {
        return Memory.getLongBigEndian(frame + NUMBER);
    }

    static long readDueNs(long frame) {
        return Memory.getLongBigEndian(frame + DUE);
    }

    /** RFC 1071 over an IPv4 header of 20 bytes: 0 when the checksum in it is right. */
    static int headerChecksum(long header) {
        int sum = 0;
        for (int offset = 0; offset < IPV4_BYTES; offset += Short.BYTES) {
            sum += Memory.getUnsignedShortBigEndian(header + offset);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
