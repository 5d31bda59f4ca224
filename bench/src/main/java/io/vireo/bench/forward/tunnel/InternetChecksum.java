package io.vireo.bench.forward.tunnel;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071 §1), word by word. */
public final class InternetChecksum {
    /** The sum of what has a right checksum in it. */
    public static final int RIGHT = 0xffff;

    private InternetChecksum() {}

    /**
     * The one's complement sum of the bytes from {@code start} on; an odd last byte counts as the upper half of a word.
     *
     * @return 0 to 0xffff; the checksum is its complement
     */
    public static int sum(ByteBuffer packet, int start, int bytes) {
        int sum = 0;
        for (int offset = 0; offset < bytes; offset++) {
            int octet = Byte.toUnsignedInt(packet.get(start + offset));
            sum += offset % 2 == 0 ? octet << Byte.SIZE : octet;
        }
        while (sum >>> Short.SIZE != 0) {
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        }
        return sum;
    }
}
