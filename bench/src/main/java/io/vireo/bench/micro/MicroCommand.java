package io.vireo.bench.micro;

import io.vireo.bench.process.BenchJvm;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo bench micro}. */
@Command(
        name = "micro",
        description =
                "Nanoseconds of every stage of the packet path, every ring and every table by itself, by JMH in JVMs with the"
                        + " data plane's flags.")
public final class MicroCommand extends BenchTask {
    /** Full tables' routes are objects for a moment, and nothing is collected. */
    private static final String HEAP = "3g";

    private static final TimeValue DEADLINE = TimeValue.minutes(1);

    @Option(
            names = "--filter",
            paramLabel = "REGEX",
            description =
                    "Only the cases in whose class and method it is found, as StageBenchmark.check (default: all).")
    private String filter = ".*";

    private final List<String> failures = new ArrayList<>();

    @Override
    protected String title() {
        return "vireo bench micro";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException {
        requirePattern();
        try (PrintWriter log =
                new PrintWriter(Files.newBufferedWriter(directory().resolve("micro.log"), StandardCharsets.UTF_8))) {
            CaseOutput output = new CaseOutput(progress, log);
            run(options(isQuick() ? MicroPlan.QUICK : MicroPlan.THOROUGH), output);
            failures.addAll(output.failures());
            if (output.figures().isEmpty()) {
                throw new NotMeasuredException(String.join("; ", failures));
            }
            return output.figures();
        }
    }

    private void requirePattern() {
        try {
            Pattern.compile(filter);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("--filter: " + e.getDescription() + " in '" + filter + "'", e);
        }
    }

    private Options options(MicroPlan plan) {
        List<String> flags = new ArrayList<>(BenchJvm.flags(HEAP));
        flags.add("-D" + MeasuredThread.CORE + "=" + core());
        flags.add("-Dvireo.home=" + home());
        return new OptionsBuilder()
                .include(filter)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(plan.forks())
                .warmupIterations(plan.warmUps())
                .warmupTime(plan.length())
                .measurementIterations(plan.samples())
                .measurementTime(plan.length())
                .timeout(DEADLINE)
                .shouldFailOnError(false) // the other cases are measured all the same
                .jvmArgs(flags.toArray(String[]::new))
                .build();
    }

    private void run(Options options, CaseOutput output) {
        try {
            new Runner(options, output).run();
        } catch (NoBenchmarksException e) {
            throw new IllegalArgumentException("--filter: no case has '" + filter + "' in its name", e);
        } catch (RunnerException e) {
            throw new NotMeasuredException("JMH: " + e.getMessage());
        }
    }

    @Override
    protected List<String> omissions() {
        return failures;
    }

    @Override
    protected Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "cases",
                "JMH, average time by the clock; a JVM of its own for each with the data plane's flags, its measured thread on CPU "
                        + core() + ", nothing else pinned there");
        conditions.put(
                "ns/op",
                "per packet, lookup, message or change: bursts of 64 are divided by 64; what a case does beside what it names is"
                        + " said in its source");
        conditions.put(
                "state",
                "routers, routes and neighbours programmed through a conductor, frames of 64 bytes in packet buffers; 10,000 routers are more"
                        + " than the second cache holds; rings are written and read by one thread, so they are warm");
        conditions.put(
                "verified", "each case looks, before it is measured, whether what it names happens to every packet");
        return conditions;
    }
}
