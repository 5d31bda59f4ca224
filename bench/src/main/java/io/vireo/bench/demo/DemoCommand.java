package io.vireo.bench.demo;

import io.vireo.control.linux.LockHeldException;
import io.vireo.control.linux.ProcessLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo demo}. */
@Command(
        name = "demo",
        description = "Routes two customers with the same addresses between real Linux hosts, and measures each claim.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Path LOCK = Path.of("/run/vireo/demo.lock");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--keep", description = "Leave hosts and node running, to explore.")
    private boolean keep;

    @Option(names = "--clean", description = "Only take away what `--keep` left.")
    private boolean clean;

    @Option(names = "--json", description = "Also write the table to this file, as JSON.", paramLabel = "FILE")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
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
        Path home = Path.of(System.getProperty("vireo.home", ".")).toAbsolutePath();
        Path directory = home.resolve("target/demo");
        Demo demo = new Demo(home, directory);
        if (clean) {
            demo.close();
            return 0;
        }
        Thread cleaning = new Thread(demo::close, "demo-cleanup");
        Runtime.getRuntime().addShutdownHook(cleaning); // Ctrl-C, or a termination from outside
        Path logs = keep ? Demo.runningLogs() : demo.keptLogs();
        DemoTable table = new DemoTable(out, logs);
        try {
            out.println("Setting up hosts and node (logs and configuration: " + directory + ")");
            out.flush();
            demo.setUp();
            demo.checks().forEach(table::run);
            if (table.failed() > 0) {
                demo.keepLogs();
            }
        } catch (IOException | RuntimeException e) {
            demo.keepLogs();
            out.println("The node's logs: " + logs);
            throw e;
        } finally {
            if (keep) {
                Runtime.getRuntime().removeShutdownHook(cleaning);
                explain(out);
            } else {
                demo.close();
            }
        }
        if (json != null) {
            Files.writeString(json, table.json());
        }
        table.printSummary();
        return table.failed() == 0 ? 0 : 1;
    }

    private static void explain(PrintWriter out) {
        out.println("""

                Everything is left running. Try:
                  ./vireo status --node demo
                  ./vireo show routes --node demo blue/r1
                  ./vireo exec --node demo blue/r1 -- ip route
                  ./vireo show classes --node demo
                  ip netns exec demo-blue-h1 ping 10.0.2.2
                  ip netns exec demo-chain-a traceroute -n -m 40 10.1.2.2
                Another `./vireo demo`, or `./vireo demo --clean`, takes it away.
                """);
    }
}
