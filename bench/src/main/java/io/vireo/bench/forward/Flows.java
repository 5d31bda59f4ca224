package io.vireo.bench.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The offered load: one flow per virtual router, as minimum-size Ethernet frames. Flow n belongs to VLAN n + 1 and goes to
 * the prefix 10.(n / 256).(n % 256).0/24.
 *
 * @param count how many flows, 1..4094
 */
public record Flows(int count) {
    /** A frame of 64 bytes, without its FCS: what a driver hands up and takes. */
    static final int FRAME_BYTES = 60;

    /** MAC address of every router's interface: 02:00:00:00:00:01. */
    static final long ROUTER_MAC = 0x020000000001L;

    /** MAC address of the neighbour that sends and receives all of it: 02:00:00:00:00:02. */
    static final long NEIGHBOUR_MAC = 0x020000000002L;

    private static final int HIGHEST_VLAN = 4094;
    private static final int PCAP_MAGIC = 0xa1b2c3d4;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int UDP = 17;

    /** Checks the number of flows. */
    public Flows {
        if (count < 1 || count > HIGHEST_VLAN) {
            throw new IllegalArgumentException("flows: " + count + " is not in 1.." + HIGHEST_VLAN);
        }
    }

    /** VLAN of a flow. */
    static int vlan(int flow) {
        return flow + 1;
    }

    /** Network address of the prefix a flow goes to, as an unsigned 32-bit number. */
    static int prefix(int flow) {
        return 10 << 24 | flow << 8;
    }

    /** Writes the flows' frames, one each, with their VLAN tags: pcap-savefile(5). */
    void writeTagged(Path file) throws IOException {
        write(file, true);
    }

    /** Writes the same frames at the same size without tags, for programs that know no VLANs. */
    void writeUntagged(Path file) throws IOException {
        write(file, false);
    }

    /** The flows' prefixes as l3fwd's rules: all lead to port 0. */
    List<String> l3fwdRules() {
        List<String> rules = new ArrayList<>();
        for (int flow = 0; flow < count; flow++) {
            rules.add("R10.%d.%d.0/24 0".formatted(flow >> 8, flow & 0xff));
        }
        return rules;
    }

    private void write(Path file, boolean tagged) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(fileHeader());
            for (int flow = 0; flow < count; flow++) {
                byte[] frame = tagged ? taggedFrame(flow) : untaggedFrame(flow);
                out.write(recordHeader(frame.length));
                out.write(frame);
            }
        }
    }

    static byte[] taggedFrame(int flow) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
        putMacs(frame);
        frame.putShort((short) 0x8100).putShort((short) vlan(flow)).putShort((short) 0x0800);
        putPacket(frame, flow);
        return frame.array();
    }

    static byte[] untaggedFrame(int flow) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
        putMacs(frame);
        frame.putShort((short) 0x0800);
        putPacket(frame, flow);
        return frame.array();
    }

    private static void putMacs(ByteBuffer frame) {
        frame.putShort((short) (ROUTER_MAC >> 32)).putInt((int) ROUTER_MAC);
        frame.putShort((short) (NEIGHBOUR_MAC >> 32)).putInt((int) NEIGHBOUR_MAC);
    }

    /** IPv4 and UDP up to the end of the frame: RFC 791 §3.1, RFC 768. */
    private static void putPacket(ByteBuffer frame, int flow) {
        int start = frame.position();
        int packetBytes = FRAME_BYTES - start;
        frame.put((byte) 0x45).put((byte) 0).putShort((short) packetBytes);
        frame.putInt(0).put((byte) 64).put((byte) UDP).putShort((short) 0);
        frame.putInt(192 << 24 | 2 << 8 | 1).putInt(prefix(flow) | 1); // 192.0.2.1 to the first host of the prefix
        frame.putShort(start + 10, headerChecksum(frame, start));
        frame.putShort((short) 1024).putShort((short) 9); // source port; discard
        frame.putShort((short) (packetBytes - IPV4_HEADER_BYTES)).putShort((short) 0); // no UDP checksum
    }

    /** RFC 1071 over the header, whose checksum field is zero. */
    private static short headerChecksum(ByteBuffer frame, int start) {
        int sum = 0;
        for (int offset = 0; offset < IPV4_HEADER_BYTES; offset += 2) {
            sum += frame.getShort(start + offset) & 0xffff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static byte[] fileHeader() {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PCAP_MAGIC)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1) // LINKTYPE_ETHERNET
                .array();
    }

    private static byte[] recordHeader(int length) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putInt(length)
                .putInt(length)
                .array();
    }
}
