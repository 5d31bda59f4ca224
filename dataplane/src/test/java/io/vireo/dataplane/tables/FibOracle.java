package io.vireo.dataplane.tables;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** The slow, obvious longest-prefix match: every prefix length is tried, longest first, in one sorted map. */
final class FibOracle {
    /** A prefix of 128 bits; IPv4 stands in the upper 32. */
    record Prefix(BigInteger address, int length) {
        static Prefix of(long hi, long lo, int length) {
            return new Prefix(unsigned(hi).shiftLeft(64).or(unsigned(lo)), length);
        }

        private static BigInteger unsigned(long value) {
            return new BigInteger(Long.toUnsignedString(value));
        }

        Prefix shortenedTo(int newLength) {
            int zeros = 128 - newLength;
            return new Prefix(address.shiftRight(zeros).shiftLeft(zeros), newLength);
        }

        long hi() {
            return address.shiftRight(64).longValue();
        }

        long lo() {
            return address.longValue();
        }
    }

    private final TreeMap<Prefix, Integer> routes =
            new TreeMap<>(Comparator.comparing(Prefix::address).thenComparingInt(Prefix::length));

    void put(Prefix prefix, int value) {
        routes.put(prefix, value);
    }

    boolean remove(Prefix prefix) {
        return routes.remove(prefix) != null;
    }

    int get(Prefix prefix) {
        return routes.getOrDefault(prefix, 0);
    }

    int lookup(long hi, long lo) {
        Prefix address = Prefix.of(hi, lo, 128);
        for (int length = 128; length >= 0; length--) {
            Integer value = routes.get(address.shortenedTo(length));
            if (value != null) {
                return value;
            }
        }
        return 0;
    }

    SortedMap<Prefix, Integer> routes() {
        return routes;
    }
}
