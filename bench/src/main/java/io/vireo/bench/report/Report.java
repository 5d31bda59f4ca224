package io.vireo.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The figures of one run.
 *
 * @param title the command
 * @param conditions what the figures depend on, and what they do not say, in words, by keyword
 * @param measurements in the order in which they are shown
 */
public record Report(String title, Map<String, String> conditions, List<Measurement> measurements) {
    /** Refuses an empty one: nothing was measured. */
    public Report {
        measurements = List.copyOf(measurements);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException(title + ": nothing was measured");
        }
    }

    /** One line of JSON for each figure. */
    public String jsonLines() {
        return measurements.stream().map(MeasurementJson::write).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Reads figures that were written as JSON lines.
     *
     * @throws IllegalArgumentException when a line is no figure, with its number
     */
    public static List<Measurement> readJsonLines(Path file) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                measurements.add(readLine(file, number, line));
            }
        }
        return measurements;
    }

    private static Measurement readLine(Path file, int number, String line) {
        try {
            return MeasurementJson.read(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
        }
    }
}
