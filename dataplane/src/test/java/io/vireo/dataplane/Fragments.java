package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts IPv4 fragments together again, octet by octet into a buffer (RFC 791 §3.2), and says what is wrong with them. */
final class Fragments {
    private static final int HEADER_BYTES = 20;
    private static final int MORE = 0x2000;
    private static final int OFFSET = 0x1fff;

    private Fragments() {}

    /** The packets without Ethernet headers of so many bytes. */
    static List<byte[]> packets(List<byte[]> frames, int headerBytes) {
        List<byte[]> packets = new ArrayList<>();
        frames.forEach(frame -> packets.add(Arrays.copyOfRange(frame, headerBytes, frame.length)));
        return packets;
    }

    /**
     * The packet that fragments are of, in their order; without them it was a part of a larger one itself, or whole.
     *
     * @param mtu that each must fit.
     */
    static byte[] together(List<byte[]> fragments, int mtu) {
        ByteBuffer first = ByteBuffer.wrap(fragments.getFirst());
        int start = first.getShort(6) & OFFSET;
        byte[] payload = new byte[0];
        for (int i = 0; i < fragments.size(); i++) {
            byte[] each = fragments.get(i);
            ByteBuffer fragment = ByteBuffer.wrap(each);
            boolean isLast = i == fragments.size() - 1;
            int flags = fragment.getShort(6) & 0xffff;
            assertThat(each.length).as("bytes").isLessThanOrEqualTo(mtu).isEqualTo(fragment.getShort(2) & 0xffff);
            assertThat(8 * ((flags & OFFSET) - start)).as("offset").isEqualTo(payload.length);
            assertThat(flags & ~(MORE | OFFSET)).as("other flags").isZero();
            assertThat(isLast || (flags & MORE) != 0).as("more fragments").isTrue();
            assertThat(isLast || (each.length - HEADER_BYTES) % 8 == 0)
                    .as("whole units")
                    .isTrue();
            assertThat(isLast || each.length + 8 > mtu).as("as long as fits").isTrue();
            payload = Arrays.copyOf(payload, payload.length + each.length - HEADER_BYTES);
            System.arraycopy(
                    each,
                    HEADER_BYTES,
                    payload,
                    payload.length - each.length + HEADER_BYTES,
                    each.length - HEADER_BYTES);
            byte[] checked = each.clone();
            TestFrames.fixChecksum(checked, HEADER_BYTES);
            assertThat(each).as("checksum").isEqualTo(checked);
        }
        ByteBuffer whole = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        whole.put(fragments.getFirst(), 0, HEADER_BYTES).put(payload);
        whole.putShort(2, (short) whole.capacity());
        int more = ByteBuffer.wrap(fragments.getLast()).getShort(6) & MORE;
        whole.putShort(6, (short) (more | start));
        TestFrames.fixChecksum(whole.array(), HEADER_BYTES);
        return whole.array();
    }
}
