package io.vireo.bench.start;

import io.vireo.bench.report.NotMeasuredException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the data plane logs of its start: {@code started: DPDK 131 ms, memory 240 ms, warm-up 412 ms, threads 1 ms}. Pure. */
final class StartLog {
    private static final String INTRODUCTION = "started: ";
    private static final Pattern PART = Pattern.compile("([\\w-]+) (\\d+) ms");

    /** A part of the start, and what its end reaches. */
    private record Part(Milestone reached, String name) {}

    /** The last one first. */
    private static final List<Part> PARTS = List.of(
            new Part(Milestone.READY, "threads"),
            new Part(Milestone.WARMED_UP, "warm-up"),
            new Part(Milestone.MEMORY, "memory"),
            new Part(Milestone.DPDK, "DPDK"));

    private StartLog() {}

    /**
     * When it reached what lies before being ready.
     *
     * @param lines of the log
     * @param readyNs when it was ready, since exec
     * @throws NotMeasuredException when the log does not say
     */
    static Map<Milestone, Long> milestones(List<String> lines, long readyNs) {
        Map<String, Long> lastedNs = parts(lines);
        Map<Milestone, Long> reached = new EnumMap<>(Milestone.class);
        long nowNs = readyNs;
        for (Part part : PARTS) {
            reached.put(part.reached(), nowNs);
            Long partNs = lastedNs.get(part.name());
            if (partNs == null) {
                throw new NotMeasuredException("the data plane's log does not say how long its start took: " + lines);
            }
            nowNs -= partNs;
        }
        reached.put(Milestone.JVM, nowNs);
        return reached;
    }

    private static Map<String, Long> parts(List<String> lines) {
        Map<String, Long> parts = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(INTRODUCTION)) {
                Matcher part = PART.matcher(line);
                while (part.find()) {
                    parts.put(part.group(1), TimeUnit.MILLISECONDS.toNanos(Long.parseLong(part.group(2))));
                }
            }
        }
        return parts;
    }
}
