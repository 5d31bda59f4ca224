package io.vireo.bench.forward;

import io.vireo.control.doctor.Machine;
import io.vireo.control.process.Command.Result;
import io.vireo.control.process.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo bench forward}. */
@Command(
        name = "forward",
        description = "Packets per second of one core, beside testpmd and l3fwd, in one run.",
        mixinStandardHelpOptions = true)
public final class ForwardCommand implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration SAMPLE = Duration.ofSeconds(2);
    private static final Duration QUICK_WARM_UP = Duration.ofSeconds(3);
    private static final Duration QUICK_SAMPLE = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--quick", description = "One round of three short samples, instead of three rounds of five.")
    private boolean quick;

    @Option(names = "--routers", description = "Virtual routers, one flow each (default: ${DEFAULT-VALUE}).")
    private int routers = 1000;

    @Option(names = "--core", description = "CPU that forwards (default: ${DEFAULT-VALUE}); CPU 0 does the rest.")
    private int core = 1;

    @Option(names = "--json", description = "Also write conditions and samples to this file.", paramLabel = "FILE")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Path.of(System.getProperty("vireo.home", ".")).toAbsolutePath();
        try {
            Flows flows = new Flows(routers);
            ForwardBench bench = new ForwardBench(home, home.resolve("target/bench"), flows, core, out);
            var results = quick
                    ? bench.run(1, new Sampler(QUICK_WARM_UP, 3, QUICK_SAMPLE))
                    : bench.run(3, new Sampler(WARM_UP, 5, SAMPLE));
            ForwardReport report = new ForwardReport(conditions(), results);
            out.println();
            report.printText(out);
            if (json != null) {
                Files.writeString(json, report.json());
            }
            return 0;
        } catch (MisforwardedException | CommandException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("vireo: no rate is printed. " + e.getMessage());
            return 1;
        }
    }

    private Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "machine", processor() + ", " + Machine.local().onlineCpus().size() + " CPUs");
        conditions.put("load", Machine.local().text("proc/loadavg") + " (of the whole machine, at the end)");
        conditions.put("software", "DPDK " + dpdkVersion() + ", Java " + Runtime.version());
        conditions.put(
                "device",
                "net_pcap, infinite_rx, sent frames dropped after counting; 64-byte frames (60 without FCS), " + routers
                        + " flows");
        conditions.put(
                "core",
                "one (CPU " + core + "), no hugepages, " + ForwardBench.MEMORY_MEGABYTES
                        + " MiB; rates are per second of the forwarding thread's CPU time, its share of the core beside them");
        conditions.put(
                "l3fwd",
                "Debian's source package; its demand for checksum offload is taken out, which net_pcap has not; "
                        + "untagged frames, for it knows no VLANs; packet types parsed in software");
        return conditions;
    }

    private static String processor() {
        return Machine.local()
                .text("proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
    }

    private static String dpdkVersion() {
        Result result = io.vireo.control.process.Command.of("dpkg-query", "-W", "-f=${Version}", "libdpdk-dev")
                .run();
        return result.succeeded() ? result.text() : "unknown";
    }
}
