package io.vireo.bench.linerate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some tests of one device, with a generator of its own. What makes a generator late on a virtual machine lasts for seconds,
 * so an iteration that lacks figures runs again after all others.
 */
interface TestIteration {
    /** Measures what is missing yet; whether nothing is any more. */
    boolean run() throws IOException, InterruptedException;

    /** A sentence for each figure that is still missing. */
    List<String> omissions();

    /**
     * Runs all iterations, and those again that lack figures.
     *
     * @param maxAttempts how often each runs at most, 1 or more
     * @return those that lack figures still
     */
    static <T extends TestIteration> List<T> runAll(List<T> iterations, int maxAttempts)
            throws IOException, InterruptedException {
        List<T> left = new ArrayList<>(iterations);
        for (int attempt = 0; attempt < maxAttempts; attempt++) {
            for (T iteration : List.copyOf(left)) {
                if (iteration.run()) {
                    left.remove(iteration);
                }
            }
        }
        return left;
    }
}
