package io.vireo.bench.tables;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * IPv4 routes as parallel arrays; nobody changes them.
 *
 * @param prefixes network addresses
 * @param lengths of the prefixes, 0..32
 * @param nextHops 1..{@link InternetTable#NEXT_HOPS}
 */
@SuppressWarnings("ArrayRecordComponent") // parallel arrays of a large table, never compared
public record Ipv4Routes(int[] prefixes, int[] lengths, int[] nextHops) {
    /** How many there are. */
    public int count() {
        return prefixes.length;
    }

    /** As many of them as that, picked at random, always the same. */
    public Ipv4Routes some(int count) {
        int[] picks = Arrays.copyOf(InternetTable.shuffled(count()), count);
        return new Ipv4Routes(
                IntStream.of(picks).map(pick -> prefixes[pick]).toArray(),
                IntStream.of(picks).map(pick -> lengths[pick]).toArray(),
                IntStream.of(picks).map(pick -> nextHops[pick]).toArray());
    }

    /** Some address of the route's prefix. */
    public int address(int route, int random) {
        return lengths[route] == Integer.SIZE ? prefixes[route] : prefixes[route] | (random >>> lengths[route]);
    }
}
