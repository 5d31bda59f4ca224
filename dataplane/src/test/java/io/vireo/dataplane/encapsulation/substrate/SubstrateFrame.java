package io.vireo.dataplane.encapsulation.substrate;

import io.vireo.dataplane.TestFrames;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A frame of a virtual link as a slow reader or writer of its bytes has it, field by field, whatever the data plane does. */
public record SubstrateFrame(
        long destination, long source, int tag, int type, int first, int id, int length, int protocol, String content) {
    public static final int ETHER_TYPE = 0x88b5;
    static final int UNTAGGED = -1;
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;

    private static final int HEADER_BYTES = 8;

    /** A sound one. */
    public static SubstrateFrame of(long destination, long source, int tag, int id, byte[] packet) {
        int protocol = packet[0] >> 4 == 4 ? IPV4 : IPV6;
        return new SubstrateFrame(
                destination,
                source,
                tag,
                ETHER_TYPE,
                0,
                id,
                packet.length,
                protocol,
                HexFormat.of().formatHex(packet));
    }

    /** The same with other fields: the first byte of the header, and the length it says. */
    SubstrateFrame saying(int otherFirst, int otherLength) {
        return new SubstrateFrame(destination, source, tag, type, otherFirst, id, otherLength, protocol, content);
    }

    /** The same with something else inside. */
    SubstrateFrame carrying(int otherProtocol, byte[] packet) {
        String hex = HexFormat.of().formatHex(packet);
        return new SubstrateFrame(destination, source, tag, type, first, id, packet.length, otherProtocol, hex);
    }

    byte[] packet() {
        return HexFormat.of().parseHex(content);
    }

    public byte[] bytes() {
        ByteBuffer payload = ByteBuffer.allocate(HEADER_BYTES + packet().length);
        payload.put((byte) first).put((byte) (id >> 16)).putShort((short) id);
        payload.putShort((short) length).putShort((short) protocol).put(packet());
        return tag == UNTAGGED
                ? TestFrames.ethernet(destination, source, type, payload.array())
                : TestFrames.tagged(destination, source, tag, type, payload.array());
    }

    /** Reads a frame that has a whole header, with or without tag; content is all that is behind the header. */
    static SubstrateFrame read(byte[] frame) {
        ByteBuffer from = ByteBuffer.wrap(frame);
        long destination = mac(from);
        long source = mac(from);
        int type = from.getShort() & 0xffff;
        int tag = UNTAGGED;
        if (type == 0x8100) {
            tag = from.getShort() & 0xffff;
            type = from.getShort() & 0xffff;
        }
        int word = from.getInt();
        int length = from.getShort() & 0xffff;
        int protocol = from.getShort() & 0xffff;
        String content = HexFormat.of().formatHex(Arrays.copyOfRange(frame, from.position(), frame.length));
        return new SubstrateFrame(
                destination, source, tag, type, word >>> 24, word & 0xff_ffff, length, protocol, content);
    }

    private static long mac(ByteBuffer from) {
        return ((from.getShort() & 0xffffL) << 32) | (from.getInt() & 0xffff_ffffL);
    }
}
