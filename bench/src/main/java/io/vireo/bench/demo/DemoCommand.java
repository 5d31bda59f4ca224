package io.vireo.bench.demo;

import io.vireo.control.linux.LockHeldException;
import io.vireo.control.linux.ProcessLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo demo}. */
@Command(
        name = "demo",
        description =
                "Routes customers with the same addresses between real Linux hosts, on one node and over five, and measures each claim.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Path LOCK = Path.of("/run/vireo/demo.lock");
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--keep", description = "Leave hosts and node running, to explore.")
    private boolean keep;

    @Option(names = "--clean", description = "Only take away what `--keep` left.")
    private boolean clean;

    @Option(
            names = "--act",
            description = "Only one act: 1 is one node between hosts, 2 virtual links between five nodes.",
            paramLabel = "1|2")
    private @Nullable Integer act;

    @Option(
            names = "--ring",
            description =
                    "In the second act a ring of 200 virtual routers over ten nodes, too: some minutes, and 8 GB of memory.")
    private boolean hasRing;

    @Option(names = "--json", description = "Also write the table to this file, as JSON.", paramLabel = "FILE")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (!(isWanted(FIRST) || isWanted(SECOND)) || (hasRing && !isWanted(SECOND))) {
            spec.commandLine().getErr().println("vireo: --act is 1 or 2, and the ring is of the second");
            return USAGE;
        }
        Files.createDirectories(LOCK.getParent());
        // Two demos would take each other's hosts away.
        try (ProcessLock _ = ProcessLock.acquire(LOCK)) {
            return runLocked();
        } catch (LockHeldException e) {
            spec.commandLine().getErr().println("vireo: another demo is running: " + e.getMessage());
            return 1;
        }
    }

    private int runLocked() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Act> acts = acts();
        if (clean) {
            acts.forEach(Act::close);
            return 0;
        }
        DemoTable table = new DemoTable(out, acts.getFirst().keptLogs());
        for (Act each : acts) {
            run(each, table, out);
        }
        if (json != null) {
            Files.writeString(json, table.json());
        }
        table.printSummary();
        return table.failed() == 0 ? 0 : 1;
    }

    private boolean isWanted(int number) {
        return act == null || act == number;
    }

    private List<Act> acts() {
        Path home = Path.of(System.getProperty("vireo.home", ".")).toAbsolutePath();
        Path directory = home.resolve("target/demo");
        List<Act> acts = new ArrayList<>();
        if (isWanted(FIRST)) {
            acts.add(new Demo(home, directory));
        }
        if (isWanted(SECOND)) {
            acts.add(new SecondAct(home, directory, hasRing || clean));
        }
        return acts;
    }

    private void run(Act each, DemoTable table, PrintWriter out) throws IOException {
        Thread cleaning = new Thread(each::close, "demo-cleanup");
        Runtime.getRuntime().addShutdownHook(cleaning); // Ctrl-C, or a termination from outside
        Path logs = keep ? each.runningLogs() : each.keptLogs();
        table.logs(logs);
        long failedBefore = table.failed();
        try {
            out.println("Setting up " + each.title() + " (logs: " + logs + ")");
            out.flush();
            each.setUp();
            each.checks().forEach(table::run);
            if (table.failed() > failedBefore) {
                each.keepLogs();
            }
        } catch (IOException | RuntimeException e) {
            each.keepLogs();
            out.println("The nodes' logs: " + logs);
            throw e;
        } finally {
            if (keep) {
                Runtime.getRuntime().removeShutdownHook(cleaning);
                explain(each, out);
            } else {
                each.close();
            }
        }
    }

    private static void explain(Act each, PrintWriter out) {
        out.println();
        out.println("Everything is left running. Try:");
        out.print(each.hints());
        out.println("Another `./vireo demo`, or `./vireo demo --clean`, takes it away.");
    }
}
