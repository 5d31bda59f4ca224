package io.vireo.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Project Wycheproof knows that ciphers get wrong: {@code wycheproof.txt}, whose README says where it comes from. */
class WycheproofTest {
    /** How many each file has, so that none is lost on the way. */
    private static int vectors(AeadAlgorithm algorithm) {
        return switch (algorithm) {
            case AES_GCM_128 -> 67;
            case AES_GCM_256 -> 66;
            case CHACHA20_POLY1305 -> 316;
        };
    }

    private static List<String[]> lines(AeadAlgorithm algorithm) throws IOException {
        try (InputStream file = Objects.requireNonNull(WycheproofTest.class.getResourceAsStream("wycheproof.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            return reader.lines()
                    .map(line -> line.split("\\|", -1))
                    .filter(fields -> fields[0].equals(algorithm.name()))
                    .toList();
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @EnumSource(AeadAlgorithm.class)
    void shouldSealAndOpenWhatIsValidAndRefuseWhatIsNot(AeadAlgorithm algorithm) throws IOException {
        List<String[]> lines = lines(algorithm);
        assertThat(lines).hasSize(vectors(algorithm));
        lines.forEach(fields -> check(algorithm, fields));
    }

    private static void check(AeadAlgorithm algorithm, String[] fields) {
        AeadText text = new AeadText(algorithm, bytes(fields[3]), bytes(fields[4]), bytes(fields[5]));
        byte[] sealed = bytes(fields[7] + fields[8]);
        if (fields[2].equals("valid")) {
            assertThat(text.seal(bytes(fields[6]))).as("seal %s", fields[1]).isEqualTo(sealed);
            assertThat(text.open(sealed)).as("open %s", fields[1]).isEqualTo(bytes(fields[6]));
        } else {
            assertThat(text.open(sealed)).as("refuse %s", fields[1]).isNull();
        }
    }
}
