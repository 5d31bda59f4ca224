package io.vireo.bench.linerate.device;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.forward.Peers;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes the devices that are compared, with the same memory, core and ports.
 *
 * @param home the checkout
 * @param directory receives logs and rules
 * @param wire their ports
 * @param flows how many flows there are, a prefix for each
 * @param core CPU that forwards
 * @param otherCore CPU for what a program does beside forwarding
 * @param pages where packets lie
 */
public record Devices(Path home, Path directory, WireEnds wire, int flows, int core, int otherCore, Pages pages) {
    /** DPDK's memory, the same for all. */
    static final int MEMORY_MEGABYTES = 512;

    /** Hugepages of 2 MiB that a device needs: its memory, and what is lost at its edges. */
    public static final int HUGEPAGES = MEMORY_MEGABYTES / 2 + 32;

    /** Packet buffers, the same for all, where configurable. */
    static final int MBUFS = 16_384;

    /** A line for each port, in the order of their numbers. */
    private static final Pattern L3FWD_MAC = Pattern.compile(" Address:([0-9A-Fa-f:]{17})");

    /** TTL of frames as they are sent. */
    private static final int TTL = 64;

    /** Vireo's data plane, one virtual router, a route for each flow. */
    public DeviceUnderTest vireo() {
        Rewrite rewrite = new Rewrite(DeviceUnderTest.SINK_MAC, DeviceUnderTest.EGRESS_MAC, TTL - 1);
        return new VireoDevice(rewrite, wire, flows, core, otherCore, pages, directory.resolve("linerate-vireo.log"));
    }

    /** {@code dpdk-testpmd}, which looks nothing up. */
    public DeviceUnderTest testpmd() {
        List<String> arguments = List.of(
                "--forward-mode=macswap",
                "--port-topology=paired",
                "--auto-start",
                "--nb-cores=1",
                "--total-num-mbufs=" + MBUFS,
                "--no-mlockall",
                "--stats-period=3600"); // without it, it would end at once: its input is closed
        return new DpdkDevice(
                "testpmd",
                printed -> new Rewrite(DeviceUnderTest.GENERATOR_MAC, DeviceUnderTest.ROUTER_MAC, TTL),
                "dpdk-testpmd",
                otherCore + "," + core,
                "rte-worker-" + core,
                arguments,
                wire,
                pages,
                directory.resolve("linerate-testpmd.log"));
    }

    /** DPDK's {@code l3fwd}, by longest-prefix match; the first time it is downloaded and compiled. */
    public DeviceUnderTest l3fwd() throws IOException {
        int egress = wire.deviceNumber(1);
        List<String> rules = new ArrayList<>();
        for (int flow = 0; flow < flows; flow++) {
            rules.add("R198.%d.%d.0/24 %d".formatted(18 + (flow >> 8), flow & 0xff, egress));
        }
        Path rules4 = Files.write(directory.resolve("linerate-l3fwd-v4.rules"), rules);
        // It wants IPv6 rules too; no frame uses them.
        Path rules6 = Files.write(directory.resolve("linerate-l3fwd-v6.rules"), List.of("R2001:db8::/32 " + egress));
        List<String> arguments = List.of(
                "-p",
                "0x3",
                "-P",
                "--config=(0,0,%d),(1,0,%d)".formatted(core, core),
                "--eth-dest=" + egress + ",02:00:00:00:00:03",
                "--lookup=lpm",
                "--parse-ptype", // memif does not say what a frame is
                "--rule_ipv4=" + rules4,
                "--rule_ipv6=" + rules6);
        return new DpdkDevice(
                "l3fwd",
                printed -> l3fwdRewrite(printed, egress),
                Peers.buildL3fwd(home),
                Integer.toString(core), // one lcore: it wants a tx queue per lcore, and memif has one
                "l3fwd-shared",
                arguments,
                wire,
                pages,
                directory.resolve("linerate-l3fwd.log"));
    }

    /** It puts the second port's own address into what it sends, whichever that is, and says so when it starts. */
    static Rewrite l3fwdRewrite(String printed, int egress) {
        String mac = L3FWD_MAC
                .matcher(printed)
                .results()
                .skip(egress)
                .findFirst()
                .orElseThrow(() -> new NotMeasuredException("l3fwd did not say the address of its port " + egress))
                .group(1);
        return new Rewrite(DeviceUnderTest.SINK_MAC, Long.parseLong(mac.replace(":", ""), 16), TTL - 1);
    }
}
