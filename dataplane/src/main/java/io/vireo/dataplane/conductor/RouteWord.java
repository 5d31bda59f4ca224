package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.code.RouteKind;

/**
 * The 16 bits a table keeps beside each route.
 *
 * <pre>
 *   bits 0..2 code of the RouteKind    bit 3 made by a neighbour    bits 4..11 weight of its only next hop, as given
 * </pre>
 */
final class RouteWord {
    /** What tables answer when there is no such route. */
    static final int ABSENT = -1;

    private static final int KIND_MASK = 7;
    private static final int NEIGHBOUR = 8;
    private static final int WEIGHT_SHIFT = 4;

    private RouteWord() {}

    /** Of a route that control added. */
    static int explicit(RouteKind kind, int weight) {
        return kind.code() | weight << WEIGHT_SHIFT;
    }

    /** Of a host route that stands for a known neighbour. */
    static int neighbour() {
        return RouteKind.UNICAST.code() | NEIGHBOUR;
    }

    static boolean isNeighbour(int word) {
        return word != ABSENT && (word & NEIGHBOUR) != 0;
    }

    /** Whether there is a route and control added it. */
    static boolean isExplicit(int word) {
        return word != ABSENT && (word & NEIGHBOUR) == 0;
    }

    static RouteKind kind(int word) {
        RouteKind kind = RouteKind.ofCode(word & KIND_MASK);
        return kind == null ? RouteKind.UNICAST : kind;
    }

    static int weight(int word) {
        return word >>> WEIGHT_SHIFT;
    }
}
