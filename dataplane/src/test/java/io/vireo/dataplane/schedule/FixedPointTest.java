package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final BigInteger WRAP = BigInteger.ONE.shiftLeft(64);
    private static final long[] RATES = {
        8_000, 8_001, 56_000, 64_000, 999_999_937L, 1L << 32, 68_719_476_736L, 400_000_000_000L, 1_600_000_000_000L
    };

    @Test
    void shouldBeExactToTheUnitWithinTheStatedBounds() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            long rate = i < RATES.length ? RATES[i] : randomRate(random);
            int bits = random.nextBoolean() ? FixedPoint.VIRTUAL_BITS : FixedPoint.REAL_BITS;
            int shift = FixedPoint.shift(rate, bits);
            long work = random.nextLong(1L << Math.min(62, shift));
            assertThat(difference(work, rate, bits))
                    .as("%d B at %d b/s", work, rate)
                    .isBetween(0L, 1L);
        }
    }

    @Test
    void shouldGiveWholeUnitsExactly() {
        for (long rate : new long[] {8_000, 1_000_000, 8_000_000_000L, 64_000_000_000L}) {
            for (long work = 0; work < 100_000; work += 64) {
                assertThat(difference(work, rate, FixedPoint.VIRTUAL_BITS)).isZero();
            }
        }
    }

    @Test
    void shouldGoRoundRatherThanOverflow() {
        long rate = 8_000;
        long work = 1L << 45; // 2^45 B at 8 kb/s are 2^73 units of 1/256 ns
        BigInteger exact = exact(work, rate, FixedPoint.VIRTUAL_BITS).mod(WRAP);
        long time = time(work, rate, FixedPoint.VIRTUAL_BITS);
        assertThat(BigInteger.valueOf(time).mod(WRAP).subtract(exact).abs().longValueExact())
                .isLessThan(1L << 10);
    }

    @Test
    void shouldUseTheWholeMantissa() {
        for (long rate : RATES) {
            assertThat(FixedPoint.mantissa(rate, FixedPoint.VIRTUAL_BITS)).isGreaterThanOrEqualTo(1L << 62);
            assertThat(FixedPoint.shift(rate, FixedPoint.VIRTUAL_BITS)).isBetween(1, FixedPoint.MAX_SHIFT);
            assertThat(FixedPoint.shift(rate, FixedPoint.REAL_BITS)).isBetween(1, FixedPoint.MAX_SHIFT);
        }
    }

    @Test
    void shouldMultiplyAndDivideThroughMoreThan64Bits() {
        Random random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            long a = random.nextLong(1L << 44);
            long b = random.nextLong(1L << 41);
            long c = 1L + random.nextLong(1L << 41) + (b >>> 1);
            BigInteger exact =
                    BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).divide(BigInteger.valueOf(c));
            assertThat(FixedPoint.multiplyDivide(a, b, c)).isEqualTo(exact.longValueExact());
        }
    }

    private static long randomRate(Random random) {
        double span = Math.log((double) ServiceCurve.MAX_RATE / ServiceCurve.MIN_RATE);
        return Math.min(
                ServiceCurve.MAX_RATE, Math.round(ServiceCurve.MIN_RATE * Math.exp(random.nextDouble() * span)));
    }

    private static long difference(long work, long rate, int bits) {
        BigInteger exact = exact(work, rate, bits);
        return BigInteger.valueOf(time(work, rate, bits)).subtract(exact).longValueExact();
    }

    private static BigInteger exact(long work, long rate, int bits) {
        BigInteger numerator = BigInteger.valueOf(work)
                .multiply(BigInteger.valueOf(8_000_000_000L))
                .shiftLeft(bits);
        return Exact.floor(numerator, BigInteger.valueOf(rate));
    }

    private static long time(long work, long rate, int bits) {
        return FixedPoint.time(work, FixedPoint.mantissa(rate, bits), FixedPoint.shift(rate, bits));
    }
}
