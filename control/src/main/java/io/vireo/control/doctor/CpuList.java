package io.vireo.control.doctor;

import java.util.Set;
import java.util.TreeSet;

/** Linux's notation of a set of CPUs, {@code 0-3,8}: see cpuset(7), "List format". */
public final class CpuList {
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
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }
}
