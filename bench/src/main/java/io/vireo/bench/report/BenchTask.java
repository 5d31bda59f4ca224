package io.vireo.bench.report;

import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.process.CommandException;
import io.vireo.dpdk.DpdkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A benchmark as a command: checks its options, measures, and publishes a report, or says why there is none. Its exit
 * status is 0 only when everything was measured.
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
public abstract class BenchTask implements Callable<Integer> {
    private static final List<String> ALL_SIZES = List.of("64", "128", "256", "512", "1024", "1280", "1518", "imix");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ReportOptions options = new ReportOptions();

    @Option(names = "--core", description = "CPU that is measured (default: ${DEFAULT-VALUE}); the others do the rest.")
    private int core = 1;

    /** The command, as the report's title. */
    protected abstract String title();

    /** Measures. */
    protected abstract List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException;

    /** What the figures depend on, in words. */
    protected abstract Map<String, String> conditions() throws IOException;

    /** Figures that could not be measured, and why, once the others were; one sentence each. */
    protected List<String> omissions() {
        return List.of();
    }

    /** Measures another task with this one's options. */
    protected final List<Measurement> measureAlso(BenchTask other, ProgressLog progress)
            throws IOException, InterruptedException {
        other.options = options;
        other.core = core;
        progress.say(other.title());
        return other.measure(progress);
    }

    /** Another task's conditions, under its name. */
    protected static Map<String, String> conditionsOf(BenchTask other) throws IOException {
        String command = other.title().substring(other.title().lastIndexOf(' ') + 1);
        Map<String, String> conditions = new LinkedHashMap<>();
        other.conditions().forEach((name, value) -> conditions.put(command + ": " + name, value));
        return conditions;
    }

    /** Whether little time is to be spent. */
    protected final boolean isQuick() {
        return options.isQuick();
    }

    /** What {@code --sizes} says; if nothing, the frame lengths of RFC 2544 §9.1 and IMIX, or with {@code --quick} only the shortest. */
    protected final List<String> frameSizes(List<String> chosen) {
        if (!chosen.isEmpty()) {
            return chosen;
        }
        return isQuick() ? ALL_SIZES.subList(0, 1) : ALL_SIZES;
    }

    /** CPU that is measured. */
    protected final int core() {
        return core;
    }

    /** This machine's CPUs. */
    protected static SortedSet<Integer> cpus() {
        return new TreeSet<>(LinuxMachine.local().onlineCpus());
    }

    /** Receives logs and captures. */
    protected final Path directory() throws IOException {
        return Files.createDirectories(home().resolve("target/bench"));
    }

    /** The checkout. */
    protected static Path home() {
        return Path.of(System.getProperty("vireo.home", ".")).toAbsolutePath();
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            options.check();
            requireCore();
            Origin origin = Origin.here(home());
            List<Measurement> measurements = measure(new ProgressLog(out)).stream()
                    .map(measurement -> measurement.from(origin))
                    .toList();
            List<String> omissions = omissions();
            omissions.forEach(omission -> say("no figure is printed for " + omission));
            options.publish(new Report(title(), allConditions(origin), measurements), out);
            return omissions.isEmpty() ? 0 : 1;
        } catch (NotMeasuredException | CommandException | DpdkException | IllegalArgumentException e) {
            say("no figure is printed. " + e.getMessage());
            return 1;
        }
    }

    private void say(String refusal) {
        spec.commandLine().getErr().println("vireo: " + refusal);
    }

    private void requireCore() {
        if (!cpus().contains(core)) {
            throw new IllegalArgumentException("--core: " + core + " is not among this machine's CPUs " + cpus());
        }
    }

    private Map<String, String> allConditions(Origin origin) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("machine", origin.machine());
        all.put("commit", origin.commit() + (isQuick() ? ", --quick" : ""));
        all.put("software", "Java " + Runtime.version() + ", Linux " + System.getProperty("os.version"));
        all.put("load avg", LinuxMachine.local().text("proc/loadavg") + " (of the whole machine, at the end)");
        all.putAll(conditions());
        return all;
    }
}
