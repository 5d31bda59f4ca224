package io.vireo.dataplane.encapsulation.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dpdk.Memory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole ESP packets that others have published: {@code published-packets.txt}. RFC 4106 has none of its own; most of the draft's have a
 * next header of transport mode, which a tunnel refuses once they are authentic.
 */
class PublishedPacketsTest {
    private static final int WINDOW = 64;
    private static final int ASSOCIATION = 1;
    private static final int TAG_BYTES = 16;

    private final SecurityAssociationTable table = new SecurityAssociationTable(2);
    private final EspReceiver receiver = new EspReceiver(table, true);

    /** A line of the file. */
    @SuppressWarnings("ArrayRecordComponent") // used, never compared
    record Published(
            EspAlgorithm algorithm,
            byte[] key,
            int salt,
            boolean isExtended,
            long high,
            byte[] packet,
            byte[] text,
            String source) {
        static Published of(String line) {
            String[] fields = line.split("\\|", -1);
            return new Published(
                    EspAlgorithm.valueOf(fields[0]),
                    bytes(fields[1]),
                    HexFormat.fromHexDigits(fields[2]),
                    !fields[3].isEmpty(),
                    fields[3].isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(fields[3]),
                    bytes(fields[4]),
                    bytes(fields[5]),
                    fields[6]);
        }

        private static byte[] bytes(String hex) {
            return HexFormat.of().parseHex(hex);
        }

        long number() {
            return high << 32 | Integer.toUnsignedLong(ByteBuffer.wrap(packet).getInt(4));
        }

        SecurityAssociationSpec spec() {
            ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(key, 32));
            return new SecurityAssociationSpec()
                    .of(1, false, ByteBuffer.wrap(packet).getInt())
                    .key(salt, words.getLong(), words.getLong(), words.getLong(), words.getLong())
                    .once(1, 1)
                    .lifetime(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
        }

        /** What a tunnel does with it. */
        int disposition() {
            int nextHeader = text[text.length - 1];
            return nextHeader == 4 ? Disposition.FORWARD : Disposition.drop(DropReason.TUNNEL_PAYLOAD);
        }

        @Override
        public String toString() {
            return source;
        }
    }

    static List<Published> all() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                        PublishedPacketsTest.class.getResourceAsStream("published-packets.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Published::of)
                    .toList();
        }
    }

    /** Numbers of 2^63 and more are received by nobody here: no far end gets there. */
    static Stream<Published> receivable() throws IOException {
        return all().stream().filter(published -> published.number() > 0);
    }

    static Stream<Published> beyond() throws IOException {
        return all().stream().filter(published -> published.number() < 0);
    }

    /** Opens a packet, of whose association the number before it was the last one accepted; says what is there then. */
    private byte[] open(Published published, byte[] packet, int disposition) {
        table.define(ASSOCIATION, published.spec(), published.algorithm, WINDOW, published.isExtended);
        Memory.putLong(SecurityAssociationTable.highestAt(table.record(ASSOCIATION)), published.number() - 1);
        try (Arena arena = Arena.ofConfined()) {
            long esp = arena.allocate(packet.length, 8).address();
            Memory.copy(packet, 0, esp, packet.length);
            assertThat(receiver.open(ASSOCIATION, esp, packet.length)).isEqualTo(disposition);
            byte[] after = new byte[packet.length];
            Memory.copy(esp, after, 0, after.length);
            return after;
        }
    }

    @ParameterizedTest
    @MethodSource("receivable")
    void shouldDecryptAPublishedPacket(Published published) {
        byte[] after = open(published, published.packet, published.disposition());

        assertThat(Arrays.copyOfRange(after, EspHeader.BYTES, after.length - TAG_BYTES))
                .isEqualTo(published.text);
        int paddingBytes = published.text[published.text.length - 2];
        assertThat(receiver.innerBytes()).isEqualTo(published.text.length - 2 - paddingBytes);
        assertThat(table.packets(ASSOCIATION, false)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("receivable")
    void shouldRefuseItWithAnyByteChangedAndLeaveItAsItCame(Published published) {
        for (int offset = EspHeader.IV; offset < published.packet.length; offset++) {
            byte[] changed = published.packet.clone();
            changed[offset] ^= 1;

            assertThat(open(published, changed, Disposition.drop(DropReason.ESP_AUTHENTICATION)))
                    .isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void shouldRefuseNumbersThatNoFarEndReaches(Published published) {
        assertThat(open(published, published.packet, Disposition.drop(DropReason.ESP_REPLAY)))
                .isEqualTo(published.packet);
    }
}
