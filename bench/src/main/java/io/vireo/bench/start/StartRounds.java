package io.vireo.bench.start;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Programs that are started in turn, several times each. A start whose rate did not settle does not count and is repeated and
 * reported; when as many were not steady as were wanted, or a packet is lost once, there are no figures of that program.
 */
final class StartRounds {
    private final int count;
    private final Map<String, List<Start>> starts = new LinkedHashMap<>();
    private final Map<String, Integer> unsteady = new HashMap<>();
    private final List<String> omissions = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();

    /** @param count how many starts of each are wanted */
    StartRounds(int count) {
        this.count = count;
    }

    /** Starts all of them, by their names. */
    void run(Map<String, Starter> starters, ProgressLog progress) throws IOException, InterruptedException {
        Map<String, Starter> left = new LinkedHashMap<>(starters);
        while (!left.isEmpty()) {
            for (Map.Entry<String, Starter> entry : List.copyOf(left.entrySet())) {
                if (isDone(entry.getKey(), entry.getValue(), progress)) {
                    left.remove(entry.getKey());
                }
            }
        }
    }

    /** Starts one, and says whether that was its last time. */
    private boolean isDone(String name, Starter starter, ProgressLog progress)
            throws IOException, InterruptedException {
        String label = "%s, start %d of %d: ".formatted(name, starts(name).size() + 1, count);
        try {
            Start start = starter.start();
            starts.computeIfAbsent(name, _ -> new ArrayList<>()).add(start);
            progress.say(label + summary(start));
            return starts(name).size() == count;
        } catch (UnsteadyException e) {
            progress.say(label + e.getMessage());
            repeated.add(label + e.getMessage());
            if (unsteady.merge(name, 1, Integer::sum) < count) {
                return false;
            }
            omit(name, count + " starts were not steady, the last one: " + e.getMessage());
        } catch (NotMeasuredException e) {
            omit(name, String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void omit(String name, String reason) {
        omissions.add("start/" + name + ": " + reason);
        starts.remove(name);
    }

    private static String summary(Start start) {
        return String.format(
                Locale.ROOT,
                "first packet after %.2f s, steady after %.2f s at %.2f Mpps; read at least every %.0f ms",
                start.reachedNs().getOrDefault(Milestone.FIRST_PACKET, 0L) / 1e9,
                start.reachedNs().getOrDefault(Milestone.STEADY, 0L) / 1e9,
                start.steadyPacketsPerSecond() / 1e6,
                start.curve().maxGapNs() / 1e6);
    }

    /** As many starts of a program as were wanted; none when it has no figures. */
    List<Start> starts(String name) {
        return starts.getOrDefault(name, List.of());
    }

    /** Programs without figures, and why. */
    List<String> omissions() {
        return List.copyOf(omissions);
    }

    /** Starts that did not count, and why. */
    List<String> repeated() {
        return List.copyOf(repeated);
    }
}
