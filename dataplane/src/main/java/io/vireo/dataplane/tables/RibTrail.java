package io.vireo.dataplane.tables;

/**
 * The nodes that the last descent through a {@link Rib} passed, from the root on, each covering the next. What follows a
 * change asks for the surroundings of the same prefix several times; going down again each time would cost more than
 * the change itself. Writer only.
 */
final class RibTrail {
    /** A node for each length of an IPv6 prefix. */
    private static final int MAX_NODES = 129;

    private final long[] nodes = new long[MAX_NODES];
    private int count;

    void begin(long root) {
        nodes[0] = root;
        count = 1;
    }

    /** Appends a node; 0, for a descent that found nothing, is left out. */
    void add(long node) {
        if (node != 0) {
            nodes[count++] = node;
        }
    }

    long first() {
        return nodes[0];
    }

    long last() {
        return nodes[count - 1];
    }

    void dropLast() {
        count--;
    }

    /** The last node whose prefix is shorter, or 0. */
    long lastShorterThan(int length, Rib rib) {
        int at = count - 1;
        while (at >= 0 && rib.length(nodes[at]) >= length) {
            at--;
        }
        return at < 0 ? 0 : nodes[at];
    }

    /** The value that the nodes before a node of the trail pass on to it; 0 when they have none, or for no node. */
    int valueUpTo(long node, Rib rib) {
        int value = 0;
        for (int i = 0; i < count && nodes[i] != node && node != 0; i++) {
            value = rib.valueOr(nodes[i], value);
        }
        return value;
    }
}
