package io.vireo.dataplane.encapsulation.outer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the header as RFC 768 draws it, and its checksum computed word by word. */
class OuterUdpTest {
    private static final int PAYLOAD_BYTES = 33;

    private final MemorySegment memory = Arena.global().allocate(128, 8);
    private final Random random = new Random(7);

    private long write(byte[] bytes) {
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory.address();
    }

    private ByteBuffer written(int flowHash, int bytes) {
        memory.fill((byte) 0xee);
        OuterUdp.write(memory.address(), 4789);
        OuterUdp.fixUp(memory.address(), bytes, flowHash);
        return ByteBuffer.wrap(memory.asSlice(0, OuterUdp.BYTES).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void shouldWritePortsLengthAndNoChecksum() {
        ByteBuffer udp = written(0, 65_515);
        assertThat(udp.getShort(2) & 0xffff).isEqualTo(4789);
        assertThat(udp.getShort(4) & 0xffff).isEqualTo(65_515);
        assertThat(udp.getShort(6)).isZero();
    }

    @Test
    void shouldTakeTheSourcePortAmongTheDynamicOnes() {
        assertThat(written(0, 8).getShort(0) & 0xffff).isEqualTo(49_152);
        assertThat(written(-1, 8).getShort(0) & 0xffff).isEqualTo(65_535);
        long distinct = IntStream.range(0, 4_096)
                .map(n -> written(random.nextInt(), 8).getShort(0) & 0xffff)
                .peek(port -> assertThat(port).isBetween(49_152, 65_535))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(3_500); // 4,096 balls in 16,384 bins leave some 3,600 used
    }

    @Test
    void shouldSayWhichLengthsArePossible() {
        assertThat(OuterUdp.isLengthPossible(7, 100)).isFalse();
        assertThat(OuterUdp.isLengthPossible(8, 8)).isTrue();
        assertThat(OuterUdp.isLengthPossible(100, 100)).isTrue();
        assertThat(OuterUdp.isLengthPossible(101, 100)).isFalse();
    }

    /** The header, the addresses of the IP header before it in its place, and a payload of an odd length. */
    private byte[] packet(int ipBytes) {
        byte[] packet = new byte[ipBytes + OuterUdp.BYTES + PAYLOAD_BYTES];
        random.nextBytes(packet);
        packet[0] = (byte) (ipBytes == 20 ? 0x45 : 0x60);
        ByteBuffer.wrap(packet).putShort(ipBytes + 4, (short) (OuterUdp.BYTES + PAYLOAD_BYTES));
        ByteBuffer.wrap(packet).putShort(ipBytes + 6, (short) 0);
        return packet;
    }

    /** RFC 768: addresses, protocol, length, header and payload, with a zero byte behind an odd one. */
    private static int checksum(byte[] packet, int ipBytes) {
        int length = packet.length - ipBytes;
        ByteBuffer words = ByteBuffer.allocate(2 * (packet.length + 20));
        words.put(packet, ipBytes == 20 ? 12 : 8, ipBytes == 20 ? 8 : 32);
        words.putShort((short) OuterUdp.PROTOCOL).putShort((short) length);
        words.put(packet, ipBytes, length).put((byte) 0).flip();
        int sum = 0;
        while (words.remaining() > 1) {
            sum += words.getShort() & 0xffff;
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return sum == 0xffff ? 0xffff : ~sum & 0xffff;
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void shouldAcceptNoChecksumAndTheRightOneOnly(int ipBytes) {
        int length = OuterUdp.BYTES + PAYLOAD_BYTES;
        for (int n = 0; n < 1_000; n++) {
            byte[] packet = packet(ipBytes);
            long header = write(packet);
            assertThat(OuterUdp.isChecksumRight(header, header + ipBytes, length))
                    .isTrue();
            int right = checksum(packet, ipBytes);
            ByteBuffer.wrap(packet).putShort(ipBytes + 6, (short) right);
            write(packet);
            assertThat(OuterUdp.isChecksumRight(header, header + ipBytes, length))
                    .isTrue();
            byte[] changed = Arrays.copyOf(packet, packet.length);
            changed[packet.length - 1 - random.nextInt(PAYLOAD_BYTES)] ^= (byte) (1 << random.nextInt(8));
            write(changed);
            assertThat(OuterUdp.isChecksumRight(header, header + ipBytes, length))
                    .isFalse();
        }
    }
}
