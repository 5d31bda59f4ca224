package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key derivation against published vectors, and against the RFC's own words. */
class IkePrfTest {
    private static final HexFormat HEX = HexFormat.of();

    static List<String> vectors() throws IOException {
        try (var file = IkePrfTest.class.getResourceAsStream("ikev2-kdf.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldDeriveWhatNistPublished(String vector) {
        String[] words = vector.split(" ", -1);
        IkePrf prf = IkePrf.valueOf(words[1]);
        byte[] key = HEX.parseHex(words[2]);
        byte[] data = HEX.parseHex(words[3]);
        byte[] expected = HEX.parseHex(words[4]);
        byte[] derived = words[0].equals("prf") ? prf.apply(key, data) : prf.plus(key, data, expected.length);
        assertThat(derived).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"HMAC_SHA2_256, HmacSHA256", "HMAC_SHA2_384, HmacSHA384", "HMAC_SHA2_512, HmacSHA512"})
    void shouldDeriveAsTheRfcSays(IkePrf prf, String mac) {
        Random random = new Random(1);
        for (int n = 0; n < 200; n++) {
            byte[] key = new byte[prf.bytes()];
            byte[] seed = new byte[1 + random.nextInt(600)];
            random.nextBytes(key);
            random.nextBytes(seed);
            int length = 1 + random.nextInt(6 * prf.bytes());
            assertThat(prf.apply(seed, key)).isEqualTo(PrfOracle.prf(mac, seed, key));
            assertThat(prf.plus(key, seed, length)).isEqualTo(PrfOracle.prfPlus(mac, key, seed, length));
        }
    }

    @Test
    void shouldKnowNoOther() {
        assertThatThrownBy(() -> IkePrf.of(2))
                .isInstanceOf(HaFormatException.class)
                .hasMessage("PRF 2 is not known");
    }
}
