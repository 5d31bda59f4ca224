package io.vireo.bench.forward;

import io.vireo.control.process.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the contenders in turn, several times, so that a busy moment of the machine does not fall on one of them alone. */
final class ForwardBench {
    /** DPDK's memory, the same for all. */
    static final int MEMORY_MEGABYTES = 512;

    /** Packet buffers, the same for all that can be told. */
    static final int MBUFS = 16_384;

    private static final Path CACHE = Path.of("/var/cache/vireo");
    private static final Duration BUILD_DEADLINE = Duration.ofMinutes(5);

    private final Path home;
    private final Path directory;
    private final Flows flows;
    private final int core;
    private final PrintWriter progress;

    /**
     * @param home the checkout
     * @param directory receives captures and logs
     * @param core CPU that forwards; CPU 0 does the rest
     */
    ForwardBench(Path home, Path directory, Flows flows, int core, PrintWriter progress) {
        this.home = home;
        this.directory = directory;
        this.flows = flows;
        this.core = core;
        this.progress = progress;
    }

    /** What each contender reached, over all rounds. */
    List<ForwardResult> run(int rounds, Sampler sampler) throws IOException, InterruptedException {
        List<Contender> contenders = contenders();
        Map<String, List<Sample>> rates = new LinkedHashMap<>();
        contenders.forEach(contender -> rates.put(contender.name(), new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                List<Sample> samples = sample(contender, sampler);
                rates.getOrDefault(contender.name(), samples).addAll(samples);
                progress.printf("round %d of %d: %-8s %s%n", round, rounds, contender.name(), inMillions(samples));
                progress.flush();
            }
        }
        return contenders.stream()
                .map(contender -> new ForwardResult(
                        contender.name(), contender.work(), rates.getOrDefault(contender.name(), List.of())))
                .toList();
    }

    private static List<Sample> sample(Contender contender, Sampler sampler) throws IOException, InterruptedException {
        try (Forwarder forwarder = contender.start()) {
            return sampler.run(forwarder);
        } catch (MisforwardedException e) {
            throw new MisforwardedException(contender.name() + ": " + e.getMessage());
        }
    }

    private List<Contender> contenders() throws IOException {
        Files.createDirectories(directory);
        Path tagged = directory.resolve("tagged.pcap");
        Path untagged = directory.resolve("untagged.pcap");
        flows.writeTagged(tagged);
        flows.writeUntagged(untagged);
        return List.of(testpmd(tagged), l3fwd(untagged), new VireoContender(flows, tagged, core, 0, directory));
    }

    private Contender testpmd(Path capture) {
        List<String> arguments = List.of(
                "--forward-mode=macswap",
                "--port-topology=loop",
                "--auto-start",
                "--nb-cores=1",
                "--total-num-mbufs=" + MBUFS,
                "--stats-period=3600"); // without it, it would end at once: its input is closed
        return new DpdkContender(
                "testpmd",
                "swaps the MAC addresses; no lookup",
                "dpdk-testpmd",
                "0," + core,
                "rte-worker-" + core,
                capture,
                arguments,
                directory);
    }

    private Contender l3fwd(Path capture) throws IOException {
        Path rules4 = Files.write(directory.resolve("l3fwd-v4.rules"), flows.l3fwdRules());
        // It wants IPv6 rules too; no packet uses them.
        Path rules6 = Files.write(directory.resolve("l3fwd-v6.rules"), List.of("R2001:db8::/32 0"));
        List<String> arguments = List.of(
                "-p",
                "0x1",
                "-P",
                "--config=(0,0," + core + ")",
                "--lookup=lpm",
                "--parse-ptype", // net_pcap does not say what a packet is
                "--rule_ipv4=" + rules4,
                "--rule_ipv6=" + rules6);
        return new DpdkContender(
                "l3fwd",
                flows.count() + " routes, longest-prefix match in one table, TTL, checksum, rewrite",
                buildL3fwd(),
                Integer.toString(core), // one lcore: it wants a tx queue per lcore, and the device has one
                "l3fwd-shared",
                capture,
                arguments,
                directory);
    }

    /** The path of the program is the last line the script prints; the first time it downloads and compiles. */
    private String buildL3fwd() {
        String script = home.resolve("bench/peers/build-l3fwd").toString();
        return Command.of(script, CACHE.toString())
                .within(BUILD_DEADLINE)
                .runOrThrow()
                .lines()
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String inMillions(List<Sample> samples) {
        return String.join(
                " ",
                samples.stream()
                        .map(sample -> "%.2f".formatted(sample.packetsPerSecond() / 1e6))
                        .toList());
    }
}
