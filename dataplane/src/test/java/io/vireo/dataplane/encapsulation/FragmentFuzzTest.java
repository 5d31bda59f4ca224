package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.TestFrames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any sequence of fragments between a tunnel's addresses: each is taken, refused or the last of its packet as a slow reading says. */
class FragmentFuzzTest {
    private static final ReassemblyRig RIG = new ReassemblyRig();
    private static final int MAX_FRAGMENTS = 200;

    /** Bytes of one fragment's description: identification, length, marks, flags and offset, payload's first byte. */
    private static final int RECORD_BYTES = 7;

    static Stream<byte[]> sequences() {
        return Stream.of(
                sequence(1, 16, 0x2000, 1, 16, 0x2002, 1, 5, 0x0004),
                sequence(1, 16, 0x2000, 1, 16, 0x2001, 1, 16, 0x0002),
                sequence(1, 5, 0x0004, 1, 16, 0x2002, 1, 16, 0x2000),
                sequence(2, 9, 0x2000, 2, 0, 0x2001, 2, 1_900, 0x0020, 2, 1_400, 0x1fff),
                sequence(3, 8, 0x2000, 3, 8, 0x2000, 3, 16, 0x2000, 3, 8, 0x0001));
    }

    private static byte[] sequence(int... idsLengthsAndFields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int n = 0; n < idsLengthsAndFields.length; n += 3) {
            ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
            record.put((byte) idsLengthsAndFields[n])
                    .putShort((short) idsLengthsAndFields[n + 1])
                    .put((byte) 0);
            record.putShort((short) idsLengthsAndFields[n + 2]);
            bytes.writeBytes(record.array());
        }
        return bytes.toByteArray();
    }

    @MethodSource("sequences")
    @FuzzTest
    void shouldDoWithEachFragmentWhatASlowReadingSays(byte[] bytes) {
        ReassemblyOracle oracle = new ReassemblyOracle();
        ByteBuffer records = ByteBuffer.wrap(bytes);
        for (int n = 0; n < MAX_FRAGMENTS && records.remaining() >= RECORD_BYTES; n++) {
            byte[] fragment = fragment(records);
            byte[] expected = oracle.take(fragment);
            assertThat(RIG.take(fragment)).isEqualTo(expected == null ? null : asSent(expected));
            assertThat(RIG.held()).isEqualTo(oracle.held());
        }
        RIG.expire();
        oracle.expire();
        assertThat(RIG.drops()).isEqualTo(oracle.drops);
        assertThat(RIG.buffersInUse()).isZero();
    }

    private static byte[] fragment(ByteBuffer records) {
        int id = records.get() & 0xff;
        int length = Math.min(records.getShort() & 0x7ff, 1_900);
        int tos = records.get() & 0xff;
        int field = records.getShort() & 0xffff;
        byte[] payload = new byte[length];
        Arrays.fill(payload, records.get());
        byte[] header = OuterPacket.ipv4(4, new byte[0], new byte[0], TunnelRig.REMOTE4, TunnelRig.LOCAL4, 64, id);
        boolean isFragment = (field & 0x3fff) != 0;
        byte[] packet = OuterFragments.fragment(
                header, (isFragment ? field & 0x1fff : 1) * 8, payload, (field & 0x2000) != 0, id);
        packet[1] = (byte) tos;
        TestFrames.fixChecksum(packet);
        return packet;
    }

    /** With the fields that the oracle leaves to us: length, no fragment, checksum. */
    private static byte @Nullable [] asSent(byte[] whole) {
        ByteBuffer.wrap(whole).putShort(2, (short) whole.length).putShort(6, (short) 0);
        TestFrames.fixChecksum(whole);
        return whole;
    }
}
