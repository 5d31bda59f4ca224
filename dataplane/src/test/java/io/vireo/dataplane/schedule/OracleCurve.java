package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A runtime curve by its definition: the minimum of copies of a service curve, one per backlogged period, evaluated in
 * exact rational arithmetic and rounded down once, to the unit of time.
 */
final class OracleCurve {
    private static final BigInteger BIT_NS_PER_BYTE_SECOND = BigInteger.valueOf(8_000_000_000L);

    private final ServiceCurve curve;
    private final int fractionBits;
    private final BigInteger burst;
    private final List<Copy> copies = new ArrayList<>();

    OracleCurve(ServiceCurve curve, int fractionBits, BigInteger x) {
        this.curve = curve;
        this.fractionBits = fractionBits;
        BigInteger difference = BigInteger.valueOf(curve.firstRateBitsPerSecond() - curve.secondRateBitsPerSecond());
        this.burst = BigInteger.valueOf(curve.firstSpanNs())
                .shiftLeft(fractionBits)
                .multiply(difference)
                .divide(BigInteger.valueOf(curve.secondRateBitsPerSecond()));
        copies.add(new Copy(x, x.subtract(burst), BigInteger.ZERO));
    }

    /** A copy that starts at (x, y); its second line passes (second, y). */
    private record Copy(BigInteger x, BigInteger second, BigInteger y) {}

    void update(BigInteger x, BigInteger y) {
        if (!curve.isConcave()) {
            if (inverse(y).compareTo(x) <= 0) {
                copies.clear();
                copies.add(new Copy(x, x.subtract(burst), y));
            }
            return;
        }
        if (inverse(y).compareTo(x) < 0) {
            copies.add(new Copy(x, x.subtract(burst), y));
            forgetDominated(y);
        }
    }

    /** The limit's rule: no line lies before x. */
    void trail(BigInteger x, BigInteger y) {
        if (curve.isConcave()) {
            update(x, y);
            return;
        }
        Copy only = copies.get(0);
        if (secondLine(only, y).compareTo(x) < 0) {
            BigInteger second = x.subtract(scaled(y.subtract(only.y), curve.secondRateBitsPerSecond()));
            copies.set(0, new Copy(only.x, second.max(only.second), only.y));
        }
    }

    void delay(BigInteger by) {
        copies.replaceAll(copy -> new Copy(copy.x.add(by), copy.second.add(by), copy.y));
    }

    /** min of curves is max of inverses. */
    BigInteger inverse(BigInteger work) {
        return copies.stream()
                .map(copy -> inverse(copy, work))
                .reduce(BigInteger::max)
                .orElseThrow();
    }

    BigInteger eligible(BigInteger work) {
        if (curve.isConcave()) {
            return inverse(work);
        }
        Copy only = copies.get(0);
        return only.x.add(scaled(work.subtract(only.y), curve.secondRateBitsPerSecond()));
    }

    private BigInteger inverse(Copy copy, BigInteger work) {
        BigInteger second = secondLine(copy, work);
        if (curve.firstRateBitsPerSecond() == 0) {
            return work.equals(copy.y) ? copy.x : second;
        }
        BigInteger first = firstLine(copy, work);
        return curve.isConcave() ? first.max(second) : first.min(second);
    }

    private BigInteger firstLine(Copy copy, BigInteger work) {
        return copy.x.add(scaled(work.subtract(copy.y), curve.firstRateBitsPerSecond()));
    }

    private BigInteger secondLine(Copy copy, BigInteger work) {
        return copy.second.add(scaled(work.subtract(copy.y), curve.secondRateBitsPerSecond()));
    }

    /** A copy whose two lines both lie before another's never decides again. */
    private void forgetDominated(BigInteger y) {
        copies.removeIf(one -> copies.stream().anyMatch(other -> isBefore(one, other, y)));
    }

    private boolean isBefore(Copy one, Copy other, BigInteger y) {
        return firstLine(one, y).compareTo(firstLine(other, y)) < 0
                && secondLine(one, y).compareTo(secondLine(other, y)) <= 0;
    }

    private BigInteger scaled(BigInteger bytes, long rate) {
        BigInteger numerator = bytes.multiply(BIT_NS_PER_BYTE_SECOND).shiftLeft(fractionBits);
        return Exact.floor(numerator, BigInteger.valueOf(rate));
    }
}
