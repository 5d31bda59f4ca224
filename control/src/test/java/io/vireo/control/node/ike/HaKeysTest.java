package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys follow from what the ha plugin says. */
class HaKeysTest {
    private static final String MAC = "HmacSHA256";

    private final Random random = new Random(7);
    private final List<ChildKeys> children = new ArrayList<>();
    private final List<Integer> deleted = new ArrayList<>();
    private final HaKeys keys = new HaKeys(new HaKeys.Listener() {
        @Override
        public void onChildKeys(ChildKeys child) {
            children.add(child);
        }

        @Override
        public void onChildDeleted(int inboundSpi) {
            deleted.add(inboundSpi);
        }
    });
    private final byte[] nonceI = bytes(32);
    private final byte[] nonceR = bytes(40);
    private final byte[] secret = bytes(32);

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What strongSwan 5.9.8 sent between two of its kind: an IKE SA, its CHILD_SA, and after five seconds another. */
    static List<byte[]> session() throws IOException {
        try (var file = HaKeysTest.class.getResourceAsStream("ha-session.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        }
    }

    @Test
    void shouldReadWhatStrongSwanSent() throws IOException, HaFormatException {
        for (byte[] message : session()) {
            keys.onMessage(HaMessage.parse(ByteBuffer.wrap(message)));
        }
        assertThat(children).hasSize(2);
        assertThat(children.getFirst().name()).isEqualTo("c");
        assertThat(children.getFirst().isInitiator()).isTrue();
        assertThat(children.getFirst().inboundSpi()).isEqualTo(0x897fab81); // as swanctl --list-sas said
        assertThat(children.getFirst().outboundSpi()).isEqualTo(0x0087b78e);
        assertThat(children).allMatch(child -> child.inboundKey().length == 20);
        assertThat(deleted).containsExactly(0x897fab81);
        assertThat(keys.ikeSas()).isOne();
    }

    private HaBuilder ikeAdd(long spiI, long spiR) {
        return new HaBuilder(1)
                .raw(36, (byte) 2)
                .ikeId(1, spiI, spiR)
                .number(19, 5)
                .chunk(15, nonceI)
                .chunk(16, nonceR)
                .chunk(17, secret);
    }

    private HaBuilder childAdd(long spiI, long spiR, boolean isInitiator) {
        return new HaBuilder(6)
                .ikeId(1, spiI, spiR)
                .raw(14, (byte) (isInitiator ? 1 : 0))
                .spi(27, 0x12345678)
                .spi(28, 0x9abcdef0)
                .text(8, "t7")
                .number(35, 0)
                .chunk(15, nonceI)
                .chunk(16, nonceR);
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(4096);
        for (byte[] part : parts) {
            all.put(part);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static byte[] spis(long spiI, long spiR) {
        return ByteBuffer.allocate(16).putLong(spiI).putLong(spiR).array();
    }

    private byte[] skd(long spiI, long spiR) {
        byte[] seed = PrfOracle.prf(MAC, concat(nonceI, nonceR), secret);
        return PrfOracle.prfPlus(MAC, seed, concat(nonceI, nonceR, spis(spiI, spiR)), 32);
    }

    @ParameterizedTest
    @CsvSource({"true, 20, 128, 16", "false, 20, 128, 16", "true, 20, 256, 32", "false, 28, 0, 32"})
    void shouldGiveEachDirectionItsKey(boolean isInitiator, int cipher, int bits, int keyBytes)
            throws HaFormatException {
        keys.onMessage(ikeAdd(1, 2).message());
        HaBuilder child = childAdd(1, 2, isInitiator).number(21, cipher);
        keys.onMessage((bits == 0 ? child : child.number(22, bits)).message());

        byte[] material = PrfOracle.prfPlus(MAC, skd(1, 2), concat(nonceI, nonceR), 2 * (keyBytes + 4));
        byte[] ofInitiator = Arrays.copyOf(material, keyBytes + 4);
        byte[] ofResponder = Arrays.copyOfRange(material, keyBytes + 4, material.length);
        ChildKeys keysOfChild = children.getFirst();
        assertThat(keysOfChild.outboundKey()).isEqualTo(isInitiator ? ofInitiator : ofResponder);
        assertThat(keysOfChild.inboundKey()).isEqualTo(isInitiator ? ofResponder : ofInitiator);
        assertThat(keysOfChild.inboundSpi()).isEqualTo(0x12345678);
        assertThat(keysOfChild.outboundSpi()).isEqualTo(0x9abcdef0);
        assertThat(keysOfChild.toString())
                .contains("t7")
                .doesNotContain(HexFormat.of().formatHex(keysOfChild.inboundKey(), 0, 4));
    }

    @Test
    void shouldPutTheSharedSecretOfAChildFirst() throws HaFormatException {
        keys.onMessage(ikeAdd(1, 2).message());
        byte[] childSecret = bytes(48);
        keys.onMessage(childAdd(1, 2, true)
                .chunk(17, childSecret)
                .number(21, 20)
                .number(22, 128)
                .message());
        byte[] material = PrfOracle.prfPlus(MAC, skd(1, 2), concat(childSecret, nonceI, nonceR), 40);
        assertThat(children.getFirst().outboundKey()).isEqualTo(Arrays.copyOf(material, 20));
    }

    @Test
    void shouldFollowAnIkeSaThatIsRekeyed() throws HaFormatException {
        byte[] old = skd(1, 2);
        keys.onMessage(ikeAdd(1, 2).message());
        keys.onMessage(ikeAdd(3, 4).ikeId(2, 1, 2).number(20, 5).chunk(18, old).message());
        keys.onMessage(new HaBuilder(5).ikeId(1, 1, 2).message());
        keys.onMessage(childAdd(3, 4, true).number(21, 20).number(22, 128).message());

        byte[] seed = PrfOracle.prf(MAC, old, secret, nonceI, nonceR);
        byte[] skd = PrfOracle.prfPlus(MAC, seed, concat(nonceI, nonceR, spis(3, 4)), 32);
        byte[] material = PrfOracle.prfPlus(MAC, skd, concat(nonceI, nonceR), 40);
        assertThat(children.getFirst().outboundKey()).isEqualTo(Arrays.copyOf(material, 20));
        assertThat(keys.ikeSas()).isOne();
    }

    @Test
    void shouldForgetTheOldestThatDidNotComeToBe() throws HaFormatException {
        keys.onMessage(ikeAdd(1, 1).message());
        keys.onMessage(new HaBuilder(2).ikeId(1, 1, 1).message());
        for (int n = 2; n < 2 * HaKeys.MAX_HALF_OPEN; n++) {
            keys.onMessage(ikeAdd(n, n).message());
        }
        assertThat(keys.ikeSas()).isEqualTo(HaKeys.MAX_HALF_OPEN + 1);
        keys.onMessage(childAdd(1, 1, true).number(21, 20).number(22, 128).message());
        assertThat(children).hasSize(1);
        assertThatThrownBy(() -> keys.onMessage(
                        childAdd(2, 2, true).number(21, 20).number(22, 128).message()))
                .isInstanceOf(HaFormatException.class)
                .hasMessageContaining("of which nothing was said");
    }

    @Test
    void shouldRefuseWhatItCannotUseAndSayWhat() throws HaFormatException {
        keys.onMessage(ikeAdd(1, 2).message());
        assertRefused(childAdd(1, 2, true).number(21, 20).number(22, 192), "keys of 192 bits");
        assertRefused(childAdd(1, 2, true).number(21, 12).number(22, 128), "encryption 12");
        assertRefused(childAdd(1, 2, true).number(35, 1).number(21, 20), "extended sequence numbers");
        assertRefused(new HaBuilder(6).ikeId(1, 1, 2), "CHILD_ADD without CONFIG_NAME");
        assertThatThrownBy(() -> HaMessage.parse(ByteBuffer.wrap(new byte[] {5, 1})))
                .isInstanceOf(HaFormatException.class)
                .hasMessage("version 5, and not 3 as of strongSwan 5.9.8");
        assertThat(children).isEmpty();
    }

    private void assertRefused(HaBuilder message, String reason) {
        assertThatThrownBy(() -> keys.onMessage(message.message()))
                .isInstanceOf(HaFormatException.class)
                .hasMessageContaining(reason);
    }
}
