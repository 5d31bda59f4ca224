package io.vireo.control.doctor;

import java.util.Set;
import java.util.TreeSet;

/** Linux's notation of a set of CPUs, {@code 0-3,8}: see cpuset(7), "List format". */
public final class CpuList {
    /** The largest number a CPU can have: Linux on x86-64 is built for at most 8,192 (NR_CPUS). */
    static final int MAX_CPU = 8_191;

    private CpuList() {}

    /**
     * The CPUs a list names; an empty text names none.
     *
     * @throws NumberFormatException when the text is not a CPU list
     */
    public static Set<Integer> parse(String text) {
        Set<Integer> cpus = new TreeSet<>();
        if (text.isBlank()) {
            return cpus;
        }
        for (String range : text.strip().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            if (first < 0 || last > MAX_CPU || first > last) {
                throw new NumberFormatException("'" + range + "' is not a range of CPUs within 0 to " + MAX_CPU);
            }
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }
}
