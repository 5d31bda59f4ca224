package io.vireo.bench.process;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.MeasurementJson;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import io.vireo.control.supervisor.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A JVM of a benchmark's own, with the data plane's flags: the command that starts it is compiled for a short life, what is
 * measured is not. The main class reports by {@link BenchMain}.
 */
public final class BenchJvm {
    private static final String OFF_HEAP = "-XX:MaxDirectMemorySize=4g";

    private static final int LAST_LINES = 12;

    private BenchJvm() {}

    /**
     * Runs a main class to its end.
     *
     * @param heap its heap, fixed: {@code 1g}
     * @param log receives its standard error
     * @return what it measured
     * @throws NotMeasuredException when it refused or failed, with its reason
     */
    public static List<Measurement> run(
            Class<?> main, String heap, List<String> arguments, Path log, ProgressLog progress)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process = ChildProcesses.register(new ProcessBuilder(command(main, heap, arguments))
                .redirectError(log.toFile())
                .start());
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return read(process, lines, main, log, progress);
        } finally {
            ChildProcesses.end(process);
        }
    }

    private static List<Measurement> read(
            Process process, BufferedReader lines, Class<?> main, Path log, ProgressLog progress)
            throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        String refusal = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{")) {
                measurements.add(MeasurementJson.read(line));
            } else if (line.startsWith(BenchMain.REFUSAL)) {
                refusal = line.substring(BenchMain.REFUSAL.length());
            } else {
                progress.say(line);
            }
        }
        if (process.waitFor() != 0) {
            throw new NotMeasuredException(
                    refusal.isEmpty() ? main.getSimpleName() + " failed; " + log + " ends: " + tail(log) : refusal);
        }
        return measurements;
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The flags of such a JVM, for who starts it by other means. */
    public static List<String> flags(String heap) {
        return JvmCommand.dataPlaneFlags(memory(heap));
    }

    private static List<String> command(Class<?> main, String heap, List<String> arguments) {
        return JvmCommand.likeDataPlane(memory(heap), main.getName(), arguments);
    }

    private static List<String> memory(String heap) {
        return List.of(OFF_HEAP, "-Xms" + heap, "-Xmx" + heap);
    }
}
