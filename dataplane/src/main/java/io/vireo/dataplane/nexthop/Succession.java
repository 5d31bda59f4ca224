package io.vireo.dataplane.nexthop;

/**
 * Which group took the place of which next hop the last time: when a member goes, the routes of a whole table change in the same
 * way, one after the other. Rows are named with the generation of what they hold. Single user: the conductor.
 */
final class Succession {
    private int replaced = NextHopSets.NONE;
    private int replacedGeneration;
    private int row = NextHopSets.NONE;
    private int generation;

    void note(int replacedNextHop, int replacedNextHopGeneration, int successor, int successorGeneration) {
        replaced = replacedNextHop;
        replacedGeneration = replacedNextHopGeneration;
        row = successor;
        generation = successorGeneration;
    }

    /** The row that took its place, which may hold another group by now; or {@link NextHopSets#NONE}. */
    int after(int nextHop, int nextHopGeneration) {
        return nextHop == replaced && nextHopGeneration == replacedGeneration ? row : NextHopSets.NONE;
    }

    /** The generation of that row when it took the place. */
    int generation() {
        return generation;
    }
}
