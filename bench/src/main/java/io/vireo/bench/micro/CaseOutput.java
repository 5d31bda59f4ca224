package io.vireo.bench.micro;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.bench.report.Samples;
import io.vireo.bench.report.Unit;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Takes JMH's results: the figures, and of each case without one the reason. JMH itself goes on after such a case as if nothing
 * were the matter. What the cases' JVMs print goes to a log. Called by JMH, one thread at a time.
 */
final class CaseOutput implements OutputFormat {
    /** What a set-up or a case threw, as JMH prints it; its own exception around that says only "Benchmark error". */
    private static final Pattern THROWN = Pattern.compile("(?:Exception|Error): (?!Benchmark error)(.+)");

    private static final String NOTHING_SAID = "it ended without a word";

    private final ProgressLog progress;
    private final PrintWriter log;
    private final List<Measurement> figures = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable String running;
    private String reason = NOTHING_SAID;

    CaseOutput(ProgressLog progress, PrintWriter log) {
        this.progress = progress;
        this.log = log;
    }

    /** In the order in which they were measured. */
    List<Measurement> figures() {
        return List.copyOf(figures);
    }

    /** The cases without a figure, each with the reason. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        begin(CaseName.of(params));
    }

    /** @param result null of a case that threw: then the next call reports it as failed */
    @Override
    public void endBenchmark(@Nullable BenchmarkResult result) {
        if (result != null) {
            List<Double> scores = result.getIterationResults().stream()
                    .map(iteration -> iteration.getPrimaryResult().getScore())
                    .toList();
            end(scores, result.getPrimaryResult().getScoreError());
        }
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        failRunning();
    }

    void begin(String name) {
        failRunning();
        running = name;
        reason = NOTHING_SAID;
        log.println("---- " + name);
    }

    void end(List<Double> nanoseconds, double error) {
        String name = running;
        if (name != null) {
            Samples samples = new Samples(nanoseconds);
            figures.add(Measurement.alone(name, Unit.NANOSECONDS_PER_OPERATION, samples));
            progress.say(String.format(Locale.ROOT, "%s: %.2f ns/op, error %.2f", name, samples.median(), error));
        }
        running = null;
    }

    private void failRunning() {
        if (running != null) {
            failures.add(running + ": " + reason);
            progress.say(running + ": no figure, " + reason);
        }
        running = null;
    }

    @Override
    public void println(String text) {
        log.println(text);
        Matcher thrown = THROWN.matcher(text);
        if (reason.equals(NOTHING_SAID) && thrown.find()) {
            reason = thrown.group(1).strip();
        }
    }

    @Override
    public void print(String text) {
        log.print(text);
    }

    @Override
    public void verbosePrintln(String text) {
        log.println(text);
    }

    @Override
    public void write(int character) {
        log.write(character);
    }

    @Override
    public void write(byte[] text) {
        println(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.flush();
    }

    @Override
    public void startRun() {
        // The cases follow.
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
        // Progress is reported per case.
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult result) {
        // As above.
    }
}
