package io.vireo.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Needs the library, which the launcher installs. */
class AeadContextTest {
    static Stream<AeadVector> vectors() {
        return Stream.of(AeadVector.GCM_128, AeadVector.GCM_256, AeadVector.ESP);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldSealAndOpenPublishedExamples(AeadVector vector) {
        assertThat(vector.text().seal(vector.plain())).isEqualTo(vector.sealed());
        assertThat(vector.text().open(vector.sealed())).isEqualTo(vector.plain());
    }

    @ParameterizedTest
    @EnumSource(AeadAlgorithm.class)
    void shouldAgreeWithTheJdkOnTextsOfAnyLength(AeadAlgorithm algorithm) throws Exception {
        Random random = new Random(4106);
        for (int length = 0; length < 1600; length += length < 300 ? 1 : 37) {
            AeadText text = text(algorithm, random);
            byte[] plain = bytes(random, length);
            byte[] sealed = text.sealByJdk(plain);

            assertThat(text.seal(plain)).as("%d bytes", length).isEqualTo(sealed);
            assertThat(text.open(sealed)).as("%d bytes", length).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource(AeadAlgorithm.class)
    void shouldRefuseATextWithAnyBitChangedAndLeaveItAsItWas(AeadAlgorithm algorithm) {
        Random random = new Random(7634);
        AeadText text = text(algorithm, random);
        byte[] sealed = text.seal(bytes(random, 33));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(text.open(changed)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void shouldFindTheLibraryAndNameThePackageOfOneThatIsMissing() {
        assertThat(AeadContext.unavailability()).isNull();
        assertThat(IpsecMbLibrary.find("libIPSec_MB.so.999")).contains("apt-get install libipsec-mb1");
    }

    private static AeadText text(AeadAlgorithm algorithm, Random random) {
        return new AeadText(
                algorithm,
                bytes(random, algorithm.keyBytes()),
                bytes(random, AeadContext.NONCE_BYTES),
                bytes(random, random.nextInt(13)));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
