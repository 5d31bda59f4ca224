package io.vireo.bench.linerate.device;

import io.vireo.bench.forward.Peers;
import io.vireo.bench.linerate.traffic.Rewrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the devices that are compared, with the same memory, core and ports.
 *
 * @param home the checkout
 * @param directory receives logs and rules
 * @param wire their ports
 * @param flows how many flows there are, a prefix for each
 * @param core CPU that forwards
 * @param otherCore CPU for what a program does beside forwarding
 */
public record Devices(Path home, Path directory, WireEnds wire, int flows, int core, int otherCore) {
    /** DPDK's memory, the same for all. */
    static final int MEMORY_MEGABYTES = 512;

    /** Packet buffers, the same for all that can be told. */
    static final int MBUFS = 16_384;

    /** TTL of frames as they are sent. */
    private static final int TTL = 64;

    /** Vireo's data plane, one virtual router, a route for each flow. */
    public Device vireo() {
        Rewrite rewrite = new Rewrite(Device.SINK_MAC, Device.EGRESS_MAC, TTL - 1);
        return new VireoDevice(rewrite, wire, flows, core, otherCore, directory.resolve("linerate-vireo.log"));
    }

    /** {@code dpdk-testpmd}, which looks nothing up. */
    public Device testpmd() {
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
                new Rewrite(Device.GENERATOR_MAC, Device.ROUTER_MAC, TTL),
                "dpdk-testpmd",
                otherCore + "," + core,
                "rte-worker-" + core,
                arguments,
                wire,
                directory.resolve("linerate-testpmd.log"));
    }

    /** DPDK's {@code l3fwd}, by longest-prefix match; the first time it is downloaded and compiled. */
    public Device l3fwd() throws IOException {
        List<String> rules = new ArrayList<>();
        for (int flow = 0; flow < flows; flow++) {
            rules.add("R198.%d.%d.0/24 1".formatted(18 + (flow >> 8), flow & 0xff));
        }
        Path rules4 = Files.write(directory.resolve("linerate-l3fwd-v4.rules"), rules);
        // It wants IPv6 rules too; no frame uses them.
        Path rules6 = Files.write(directory.resolve("linerate-l3fwd-v6.rules"), List.of("R2001:db8::/32 1"));
        List<String> arguments = List.of(
                "-p",
                "0x3",
                "-P",
                "--config=(0,0,%d),(1,0,%d)".formatted(core, core),
                "--eth-dest=1,02:00:00:00:00:03",
                "--lookup=lpm",
                "--parse-ptype", // memif does not say what a frame is
                "--rule_ipv4=" + rules4,
                "--rule_ipv6=" + rules6);
        return new DpdkDevice(
                "l3fwd",
                new Rewrite(Device.SINK_MAC, Device.EGRESS_MAC, TTL - 1),
                Peers.buildL3fwd(home),
                Integer.toString(core), // one lcore: it wants a tx queue per lcore, and memif has one
                "l3fwd-shared",
                arguments,
                wire,
                directory.resolve("linerate-l3fwd.log"));
    }
}
