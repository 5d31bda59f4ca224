package io.vireo.bench.tables;

/**
 * IPv6 routes as parallel arrays; nobody changes them.
 *
 * @param his upper halves of the network addresses
 * @param los lower halves
 * @param lengths of the prefixes, 0..128
 * @param nextHops 1..{@link InternetTable#NEXT_HOPS}
 */
@SuppressWarnings("ArrayRecordComponent") // parallel arrays of a large table, never compared
public record Ipv6Routes(long[] his, long[] los, int[] lengths, int[] nextHops) {
    /** How many there are. */
    public int count() {
        return his.length;
    }

    /** Upper half of some address of the route's prefix. */
    public long addressHi(int route, long random) {
        return lengths[route] >= Long.SIZE ? his[route] : his[route] | (random >>> lengths[route]);
    }

    /** Lower half of some address of the route's prefix. */
    public long addressLo(int route, long random) {
        int length = lengths[route] - Long.SIZE;
        if (length >= Long.SIZE) {
            return los[route];
        }
        return length <= 0 ? random : los[route] | (random >>> length);
    }
}
