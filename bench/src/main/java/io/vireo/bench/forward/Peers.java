package io.vireo.bench.forward;

import io.vireo.bench.pcap.PcapFile;
import io.vireo.control.process.Command;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The C programs that Vireo is held against. */
public final class Peers {
    private static final Path CACHE = Path.of("/var/cache/vireo");
    private static final Duration BUILD_DEADLINE = Duration.ofMinutes(5);

    private final Path home;
    private final Path directory;
    private final int core;
    private final Pages pages;

    /** With {@link Pages#ORDINARY}. */
    public Peers(Path home, Path directory, int core) {
        this(home, directory, core, Pages.ORDINARY);
    }

    /**
     * @param home the checkout
     * @param directory receives captures and logs
     * @param core CPU that forwards
     * @param pages where packets lie
     */
    Peers(Path home, Path directory, int core, Pages pages) {
        this.home = home;
        this.directory = directory;
        this.core = core;
        this.pages = pages;
    }

    /** testpmd, which looks nothing up. */
    public Contender testpmd(String mode, TrafficProfile offer) throws IOException {
        List<String> arguments = List.of(
                "--forward-mode=" + mode,
                "--port-topology=loop",
                "--auto-start",
                "--nb-cores=1",
                "--total-num-mbufs=" + ForwardLimits.MBUFS,
                "--stats-period=3600"); // without it, it would end at once: its input is closed
        return new DpdkContender(
                "testpmd " + mode + offer.suffix(),
                "dpdk-testpmd",
                "0," + core,
                "rte-worker-" + core,
                pages,
                captures(offer),
                arguments,
                directory);
    }

    /** l3fwd with routes for its flows. */
    public Contender l3fwd(String lookup, TrafficProfile offer) throws IOException {
        String rules = "l3fwd-" + offer.ports() + "-ports-";
        // It wants rules of both families, whatever its packets are.
        Path rules4 = Files.write(directory.resolve(rules + "v4"), rules(AddressFamily.IPV4, offer));
        Path rules6 = Files.write(directory.resolve(rules + "v6"), rules(AddressFamily.IPV6, offer));
        List<String> arguments = List.of(
                "-p",
                "0x" + Integer.toHexString((1 << offer.ports()) - 1),
                "-P",
                "--config=" + queues(offer.ports()),
                "--lookup=" + lookup,
                "--parse-ptype", // net_pcap does not say what a packet is
                "--rule_ipv4=" + rules4,
                "--rule_ipv6=" + rules6);
        return new DpdkContender(
                "l3fwd " + lookup + offer.suffix(),
                buildL3fwd(home),
                Integer.toString(core), // one lcore: it wants a tx queue per lcore, and the device has one
                "l3fwd-shared",
                pages,
                captures(offer),
                arguments,
                directory);
    }

    /** Each port's queue, on the one lcore. */
    private String queues(int ports) {
        return IntStream.range(0, ports)
                .mapToObj(port -> "(" + port + ",0," + core + ")")
                .collect(Collectors.joining(","));
    }

    /** One for each destination. */
    static List<String> rules(AddressFamily family, TrafficProfile offer) {
        return IntStream.range(0, TrafficProfile.FLOWS)
                .mapToObj(n -> (family == AddressFamily.IPV4
                                ? "R10.%d.%d.0/24".formatted(n >> 8, n & 0xff)
                                : "R2001:0:%x::/48".formatted(n))
                        + " " + offer.portOf(n))
                .toList();
    }

    private List<Path> captures(TrafficProfile offer) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int port = 0; port < offer.ports(); port++) {
            Path file = directory.resolve("peers-" + offer.family() + "-"
                    + offer.sizes().meanBytes() + "-" + offer.frames() + "-" + port + ".pcap");
            PcapFile.write(file, offer.framesOf(port));
            files.add(file);
        }
        return files;
    }

    /**
     * Builds l3fwd where it is not built yet: the first time that downloads and compiles.
     *
     * @param home the checkout
     * @return its path: the last line the script prints
     */
    public static String buildL3fwd(Path home) {
        String script = home.resolve("bench/peers/build-l3fwd").toString();
        return Command.of(script, CACHE.toString())
                .within(BUILD_DEADLINE)
                .runOrThrow()
                .lines()
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
