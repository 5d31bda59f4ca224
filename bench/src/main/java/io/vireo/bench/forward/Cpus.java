package io.vireo.bench.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which CPUs a data plane's threads run on.
 *
 * @param workers one for each worker
 * @param conductor the conductor's; what the benchmark itself does belongs there too
 */
public record Cpus(List<Integer> workers, int conductor) {
    /** Refuses none at all. */
    public Cpus {
        workers = List.copyOf(workers);
        if (workers.isEmpty()) {
            throw new IllegalArgumentException("workers: there are none");
        }
    }

    /**
     * The first worker on the CPU that is measured, the others on further ones; the conductor on one of its own while there
     * is one, else beside the last worker.
     *
     * @param first the first worker's CPU
     * @param workers how many, 1 to the number of CPUs
     * @param online the machine's CPUs
     */
    public static Cpus of(int first, int workers, SortedSet<Integer> online) {
        if (workers < 1 || workers > online.size()) {
            throw new IllegalArgumentException("workers: " + workers + " is not in 1.." + online.size());
        }
        SortedSet<Integer> others = new TreeSet<>(online);
        others.remove(first);
        List<Integer> taken = new ArrayList<>(List.of(first));
        while (taken.size() < workers) {
            taken.add(others.removeLast());
        }
        return new Cpus(taken, others.isEmpty() ? taken.getLast() : others.first());
    }

    /** Whether a worker has not its CPU for itself. */
    boolean sharesWithConductor() {
        return workers.contains(conductor);
    }
}
