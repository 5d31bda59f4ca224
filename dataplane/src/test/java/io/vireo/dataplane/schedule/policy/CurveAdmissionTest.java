package io.vireo.dataplane.schedule.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CurveAdmissionTest {
    private static final long MEGABIT = 1_000_000;
    private static final long MILLISECOND = 1_000_000;

    @Test
    void shouldAdmitUpToTheParentsRateAndSayWhatIsLeft() {
        CurveAdmission admission = new CurveAdmission(ServiceCurve.linear(10 * MEGABIT));
        assertThat(admission.rateLeftBitsPerSecond()).isEqualTo(10 * MEGABIT);
        admission.admit(ServiceCurve.linear(6 * MEGABIT));
        assertThat(admission.rateLeftBitsPerSecond()).isEqualTo(4 * MEGABIT);
        assertThat(admission.fits(ServiceCurve.linear(4 * MEGABIT))).isTrue();
        assertThat(admission.fits(ServiceCurve.linear(4 * MEGABIT + 1))).isFalse();
        admission.release(ServiceCurve.linear(6 * MEGABIT));
        assertThat(admission.rateLeftBitsPerSecond()).isEqualTo(10 * MEGABIT);
    }

    @Test
    void shouldRefuseCurvesThatExceedTheParentOnlyAtTheBeginning() {
        CurveAdmission admission = new CurveAdmission(ServiceCurve.linear(10 * MEGABIT));
        admission.admit(new ServiceCurve(7 * MEGABIT, 100 * MILLISECOND, 2 * MEGABIT));
        assertThat(admission.fits(new ServiceCurve(7 * MEGABIT, 100 * MILLISECOND, 2 * MEGABIT)))
                .isFalse();
        assertThat(admission.fits(new ServiceCurve(2 * MEGABIT, 100 * MILLISECOND, 8 * MEGABIT)))
                .isTrue();
        assertThat(admission.rateLeftBitsPerSecond()).isEqualTo(3 * MEGABIT);
        assertThat(admission.tightestSpanNs()).isZero();
    }

    @Test
    void shouldFindATightSpotBetweenBeginningAndLongRun() {
        CurveAdmission admission = new CurveAdmission(new ServiceCurve(10 * MEGABIT, 10 * MILLISECOND, 5 * MEGABIT));
        admission.admit(new ServiceCurve(9 * MEGABIT, 30 * MILLISECOND, MEGABIT));
        // At 30 ms the parent has given 200 kbit and the child wants 270.
        assertThat(admission.isExceeded()).isTrue();
        assertThat(admission.tightestSpanNs()).isEqualTo(30 * MILLISECOND);
    }

    @Test
    void shouldAgreeWithAScanOfAllBends() {
        Random random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            ServiceCurve parent = curve(random, 100 * MEGABIT);
            List<ServiceCurve> children = new ArrayList<>();
            CurveAdmission admission = new CurveAdmission(parent);
            for (int i = random.nextInt(6); i >= 0; i--) {
                ServiceCurve child = curve(random, 30 * MEGABIT);
                children.add(child);
                admission.admit(child);
            }
            if (children.size() > 3) {
                admission.release(children.remove(0));
            }
            assertThat(admission.isExceeded()).isEqualTo(scan(parent, children) < 0);
            assertThat(admission.rateLeftBitsPerSecond()).isEqualTo(scan(parent, children));
        }
    }

    private static ServiceCurve curve(Random random, long maxSlope) {
        long first = random.nextInt(5) == 0 ? 0 : 8_000 + random.nextLong(maxSlope);
        return new ServiceCurve(first, 1 + random.nextInt(5) * 10L * MILLISECOND, 8_000 + random.nextLong(maxSlope));
    }

    /** (parent - sum) / t at each bend, just after 0 and in the far future; rounded down. */
    private static long scan(ServiceCurve parent, List<ServiceCurve> children) {
        TreeSet<Long> times = new TreeSet<>(List.of(1L, 1L << 62));
        times.add(parent.firstSpanNs());
        children.forEach(child -> times.add(child.firstSpanNs()));
        return times.stream()
                .mapToLong(time -> left(parent, children, time))
                .min()
                .orElseThrow();
    }

    private static long left(ServiceCurve parent, List<ServiceCurve> children, long time) {
        BigInteger left =
                children.stream().map(child -> at(child, time)).reduce(at(parent, time), BigInteger::subtract);
        if (time == 1L << 62) {
            return left.add(BigInteger.ONE.shiftLeft(61)).shiftRight(62).longValueExact();
        }
        return new BigDecimal(left)
                .divide(BigDecimal.valueOf(time), 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static BigInteger at(ServiceCurve curve, long time) {
        long first = Math.min(time, curve.firstSpanNs());
        return BigInteger.valueOf(curve.firstRateBitsPerSecond())
                .multiply(BigInteger.valueOf(first))
                .add(BigInteger.valueOf(curve.secondRateBitsPerSecond()).multiply(BigInteger.valueOf(time - first)));
    }
}
