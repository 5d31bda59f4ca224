package io.vireo.bench.tables;

/**
 * IPv4 routes, as columns; nobody changes them.
 *
 * @param prefixes network addresses
 * @param lengths of the prefixes, 0..32
 * @param nextHops 1..{@link InternetTable#NEXT_HOPS}
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a large table, never compared
public record Ipv4Routes(int[] prefixes, int[] lengths, int[] nextHops) {
    /** How many there are. */
    public int count() {
        return prefixes.length;
    }

    /** Some address of the route's prefix. */
    public int address(int route, int random) {
        return lengths[route] == Integer.SIZE ? prefixes[route] : prefixes[route] | (random >>> lengths[route]);
    }
}
