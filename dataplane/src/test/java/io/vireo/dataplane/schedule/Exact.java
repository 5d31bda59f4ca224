package io.vireo.dataplane.schedule;

import java.math.BigInteger;

/** Rounding of exact quotients. */
final class Exact {
    private Exact() {}

    static BigInteger floor(BigInteger numerator, BigInteger positiveDenominator) {
        BigInteger[] parts = numerator.divideAndRemainder(positiveDenominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}
