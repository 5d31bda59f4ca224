package io.vireo.bench.schedule;

import io.vireo.bench.process.BenchJvm;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code vireo bench schedule}. */
@Command(
        name = "schedule",
        description =
                "Speed and exactness of the H-FSC scheduler on one core, beside DPDK's rte_sched, with the same mbufs.")
public final class ScheduleCommand extends BenchTask {
    private static final int[] VPN_COUNTS = {100, 10_000};
    private static final int SHAPED_VPNS = 100;

    @Override
    protected String title() {
        return "vireo bench schedule";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (int vpns : VPN_COUNTS) {
            measurements.addAll(fork("speed", vpns, isQuick() ? 3 : 7, isQuick() ? 500 : 1000, progress));
        }
        measurements.addAll(fork("rate", SHAPED_VPNS, isQuick() ? 1 : 3, isQuick() ? 1000 : 3000, progress));
        return measurements;
    }

    private List<Measurement> fork(String what, int vpns, int rounds, int milliseconds, ProgressLog progress)
            throws IOException, InterruptedException {
        Path log = directory().resolve("schedule-" + what + "-" + vpns + ".log");
        List<String> arguments = List.of(
                what,
                Integer.toString(vpns),
                Integer.toString(rounds),
                Integer.toString(milliseconds),
                Integer.toString(core()));
        return BenchJvm.run(ScheduleMain.class, "1g", arguments, log, progress);
    }

    @Override
    protected Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "load",
                "closed loop: each packet that leaves is offered again in a random class of a random VPN; 4 packets of 64 bytes"
                        + " per class, all classes backlogged; bursts of 32; no hugepages");
        conditions.put(
                "rates",
                "per second of the thread's CPU time, Vireo and rte_sched in turn on the same mbufs in one JVM; the harness's"
                        + " own work is in both");
        conditions.put(
                "counted",
                "packets at both ends; order within each class is verified over three rounds of all packets before each"
                        + " measurement; a drop, a loss or a packet out of order and nothing is printed");
        conditions.put(
                "vireo",
                "a class per VPN with its share of a link that is always busy (simulated clock: the wire time of what was sent),"
                        + " half of it guaranteed to the leaves, so half goes out by each criterion");
        conditions.put(
                "rte_sched",
                "a pipe per VPN, 10 of its 16 queues (strict priorities 0-5, 4 weighted best-effort), pipes and port at a rate"
                        + " it never reaches; the mbuf's queue field is stored ready-made instead of by pkt_write");
        conditions.put(
                "rte_sched has not",
                "guarantees with a delay of their own, fair sharing between more than four queues of a pipe, more than five"
                        + " fixed levels, CoDel; it orders a pipe's first 12 classes by strict priority");
        conditions.put(
                "rate error",
                "1 Gbit/s of wire bytes by the machine's clock, shared equally by 100 VPNs; at 10,000 VPNs a VPN's packets are"
                        + " too few for a meaningful error in a few seconds");
        return conditions;
    }
}
