package io.vireo.dataplane.warmup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The frames of a warm-up, in the shares that a router meets: most are forwarded, with and without VLAN tag, IPv4 and IPv6; a
 * few are not, each for another reason, so that those ways are compiled too. Used once, at start.
 */
final class Traffic {
    static final long ROUTER_MAC = 0x020000000001L;
    static final long HOST_MAC = 0x020000000002L;

    /** VLANs 1 to this; 0 is untagged. */
    static final int VLANS = 8;

    /** A round of the capture. */
    private static final int FRAMES = 256;

    /** Of so many frames one is not forwarded. */
    private static final int EXCEPTION_SHARE = 32;

    private static final int FRAME_BYTES = 60;
    private static final int PCAP_MAGIC = 0xa1b2c3d4;
    private static final int PCAP_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ETHERNET = 1;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TTL = 64;
    private static final int UDP = 17;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int WORST_EXCEPTION = 6;

    private Traffic() {}

    /** An IPv4 destination within 10/8, spread over it. */
    static int ipv4(int n) {
        return 10 << 24 | ((n * 0x9e3779b1) >>> 8);
    }

    /** The high half of an IPv6 destination within 2001:db8::/32, spread over it. */
    static long ipv6(int n) {
        return 0x20010db8L << 32 | Integer.toUnsignedLong(n * 0x9e3779b1);
    }

    /** Writes all of them: pcap-savefile(5). */
    static void write(Path file) throws IOException {
        ByteBuffer capture = ByteBuffer.allocate(PCAP_HEADER_BYTES + FRAMES * (RECORD_HEADER_BYTES + FRAME_BYTES));
        capture.order(ByteOrder.nativeOrder())
                .putInt(PCAP_MAGIC)
                .putShort((short) 2)
                .putShort((short) 4);
        capture.putInt(0).putInt(0).putInt(FRAME_BYTES).putInt(ETHERNET);
        for (int n = 0; n < FRAMES; n++) {
            capture.order(ByteOrder.nativeOrder()).putInt(0).putInt(0).putInt(FRAME_BYTES);
            capture.putInt(FRAME_BYTES).order(ByteOrder.BIG_ENDIAN);
            int end = capture.position() + FRAME_BYTES;
            putFrame(capture, n);
            capture.position(end);
        }
        Files.write(file, capture.array());
    }

    private static void putFrame(ByteBuffer frame, int n) {
        int exception = n % EXCEPTION_SHARE == 0 ? n / EXCEPTION_SHARE : -1;
        boolean isIpv6 = n % 4 == 3;
        int vlan = n % 3 == 0 ? 0 : 1 + n % VLANS;
        putMac(frame, exception == 0 ? HOST_MAC : ROUTER_MAC); // 0: not for us
        putMac(frame, HOST_MAC);
        if (vlan != 0) {
            frame.putShort((short) TYPE_VLAN).putShort((short) (exception == 1 ? VLANS + 1 : vlan)); // 1: nobody's VLAN
        }
        frame.putShort((short) (isIpv6 ? TYPE_IPV6 : TYPE_IPV4));
        if (isIpv6) {
            putIpv6(frame, n);
        } else {
            putIpv4(frame, n, exception);
        }
    }

    private static void putMac(ByteBuffer frame, long mac) {
        frame.putShort((short) (mac >>> Integer.SIZE)).putInt((int) mac);
    }

    private static void putIpv4(ByteBuffer frame, int n, int exception) {
        int start = frame.position();
        int destination = exception == 2 ? 0xe0000001 : ipv4(n); // 2: a group
        frame.putShort((short) 0x4500)
                .putShort((short) (IPV4_HEADER_BYTES + Long.BYTES))
                .putInt(0);
        frame.put((byte) (exception == 3 ? 1 : TTL)).put((byte) UDP).putShort((short) 0); // 3: its time is up
        frame.putInt(0x0b000001).putInt(exception == 4 ? 0x0c000001 : destination); // 4: no route
        int sum = exception == WORST_EXCEPTION ? 1 : 0; // a wrong checksum
        for (int offset = 0; offset < IPV4_HEADER_BYTES; offset += Short.BYTES) {
            sum += frame.getShort(start + offset) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        frame.putShort(start + 10, (short) ~(sum + (sum >>> Short.SIZE)));
    }

    private static void putIpv6(ByteBuffer frame, int n) {
        frame.putInt(0x60000000).putShort((short) 0).put((byte) UDP).put((byte) TTL);
        frame.putLong(ipv6(-1)).putLong(1).putLong(ipv6(n)).putLong(1);
    }
}
