package io.vireo.bench.forward;

import io.vireo.control.process.Command;
import io.vireo.dataplane.wire.AddressFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The C programs that Vireo is held against, each with a few flows and routes. */
final class Peers {
    /** Routes and flows of each of them. */
    static final int FLOWS = 16;

    private static final Path CACHE = Path.of("/var/cache/vireo");
    private static final Duration BUILD_DEADLINE = Duration.ofMinutes(5);

    private final Path home;
    private final Path directory;
    private final int core;

    /**
     * @param home the checkout
     * @param directory receives captures and logs
     * @param core CPU that forwards
     */
    Peers(Path home, Path directory, int core) {
        this.home = home;
        this.directory = directory;
        this.core = core;
    }

    /** testpmd, which looks nothing up. */
    Contender testpmd(String mode, AddressFamily family, FrameSizes sizes) throws IOException {
        List<String> arguments = List.of(
                "--forward-mode=" + mode,
                "--port-topology=loop",
                "--auto-start",
                "--nb-cores=1",
                "--total-num-mbufs=" + ForwardLimits.MBUFS,
                "--stats-period=3600"); // without it, it would end at once: its input is closed
        return new DpdkContender(
                "testpmd " + mode,
                "dpdk-testpmd",
                "0," + core,
                "rte-worker-" + core,
                capture(family, sizes),
                arguments,
                directory);
    }

    /** l3fwd with routes for its flows. */
    Contender l3fwd(String lookup, AddressFamily family, FrameSizes sizes) throws IOException {
        // It wants rules of both families, whatever its packets are.
        Path rules4 = Files.write(directory.resolve("l3fwd-v4.rules"), rules(AddressFamily.IPV4));
        Path rules6 = Files.write(directory.resolve("l3fwd-v6.rules"), rules(AddressFamily.IPV6));
        List<String> arguments = List.of(
                "-p",
                "0x1",
                "-P",
                "--config=(0,0," + core + ")",
                "--lookup=" + lookup,
                "--parse-ptype", // net_pcap does not say what a packet is
                "--rule_ipv4=" + rules4,
                "--rule_ipv6=" + rules6);
        return new DpdkContender(
                "l3fwd " + lookup,
                buildL3fwd(),
                Integer.toString(core), // one lcore: it wants a tx queue per lcore, and the device has one
                "l3fwd-shared",
                capture(family, sizes),
                arguments,
                directory);
    }

    /** All lead to port 0. */
    static List<String> rules(AddressFamily family) {
        return IntStream.range(0, FLOWS)
                .mapToObj(n -> family == AddressFamily.IPV4
                        ? "R10.%d.%d.0/24 0".formatted(n >> 8, n & 0xff)
                        : "R2001:0:%x::/48 0".formatted(n))
                .toList();
    }

    private Path capture(AddressFamily family, FrameSizes sizes) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        for (int n = 0; n < FLOWS * sizes.bytes().size(); n++) {
            frames.add(Frames.untagged(Flow.own(n % FLOWS, 0, family), sizes.withoutFcs(n / FLOWS + n)));
        }
        Path file = directory.resolve("peers-" + family + "-" + sizes.meanBytes() + ".pcap");
        CaptureFile.write(file, frames);
        return file;
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
}
