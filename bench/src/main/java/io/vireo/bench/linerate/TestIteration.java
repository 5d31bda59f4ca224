package io.vireo.bench.linerate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A device's turn at some tests, with a generator of its own. What makes a generator late on a virtual machine lasts for seconds,
 * so a turn that lacks figures is taken again after all others.
 */
interface TestIteration {
    /** Measures what is missing yet; whether nothing is any more. */
    boolean take() throws IOException, InterruptedException;

    /** A sentence for each figure that is still missing. */
    List<String> omissions();

    /**
     * Takes all turns, and those again that lack figures.
     *
     * @param chances how often each is taken at most, 1 or more
     * @return those that lack figures still
     */
    static <T extends TestIteration> List<T> takeAll(List<T> turns, int chances)
            throws IOException, InterruptedException {
        List<T> left = new ArrayList<>(turns);
        for (int chance = 0; chance < chances; chance++) {
            for (T turn : List.copyOf(left)) {
                if (turn.take()) {
                    left.remove(turn);
                }
            }
        }
        return left;
    }
}
