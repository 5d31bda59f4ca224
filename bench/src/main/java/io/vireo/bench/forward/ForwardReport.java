package io.vireo.bench.forward;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints what was measured, and under which conditions.
 *
 * @param conditions what the numbers depend on, in words
 * @param results one per contender; the last is Vireo
 */
record ForwardReport(Map<String, String> conditions, List<ForwardResult> results) {
    void printText(PrintWriter out) {
        conditions.forEach((name, value) -> out.printf("%-9s %s%n", name, value));
        out.println();
        out.printf(
                "%-9s %8s %8s %8s %6s   %s%n",
                "", "median", "least", "most", "core", "Mpps; what is done to each packet");
        for (ForwardResult result : results) {
            out.printf(
                    Locale.ROOT,
                    "%-9s %8.2f %8.2f %8.2f %5.0f%%   %s%n",
                    result.name(),
                    result.medianPacketsPerSecond() / 1e6,
                    result.leastPacketsPerSecond() / 1e6,
                    result.mostPacketsPerSecond() / 1e6,
                    100 * result.meanCoreShare(),
                    result.work());
        }
        out.println();
        ratios().forEach((name, ratio) -> out.printf(Locale.ROOT, "%s: %.2f%n", name, ratio));
        out.flush();
    }

    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", "forward");
        document.put("conditions", conditions);
        document.put("results", results.stream().map(ForwardReport::describe).toList());
        document.put("ratios", ratios());
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    /** Vireo's median over each peer's. */
    private Map<String, Double> ratios() {
        ForwardResult vireo = results.getLast();
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (ForwardResult peer : results.subList(0, results.size() - 1)) {
            ratios.put("vireo / " + peer.name(), vireo.medianPacketsPerSecond() / peer.medianPacketsPerSecond());
        }
        return ratios;
    }

    private static Map<String, Object> describe(ForwardResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", result.name());
        fields.put("work", result.work());
        fields.put("medianPacketsPerSecond", result.medianPacketsPerSecond());
        fields.put("samples", result.samples());
        return fields;
    }
}
