package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.NumberedStream;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.ThreadSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The data plane, killed under a stream of datagrams, forwards again soon: the longest silence at the receiver counts.
 *
 * <p>Disturbed: when a thread of the new data plane and control's agent, which programs it once it is ready, waited for a CPU as
 * long in all as what is beyond half the bound, with what the hypervisor withheld.
 */
public final class DataPlaneDeath implements DemoCheck {
    private static final int PACKETS_PER_SECOND = 1000;
    private static final int PORT = 5402;
    private static final String AGENT = "node-agent";
    private static final Duration MAX_SILENCE = Duration.ofSeconds(3);
    private static final Duration WATCHED = Duration.ofSeconds(8);

    private final DemoNode node;
    private final Host from;
    private final Host to;

    public DataPlaneDeath(DemoNode node, Host from, Host to) {
        this.node = node;
        this.from = from;
        this.to = to;
    }

    @Override
    public String claim() {
        return "data plane killed -9: forwarding again within 3 s";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        NumberedStream stream =
                NumberedStream.start(from, to, IpFamily.IPV4, PORT, NumberedStream.Pace.of(PACKETS_PER_SECOND));
        TimeUnit.SECONDS.sleep(1);
        try (DisturbanceMonitor starting = DisturbanceMonitor.start(
                        () -> ThreadSet.of(node.process("dataplane").pid()).now());
                DisturbanceMonitor programming = DisturbanceMonitor.start(
                        ThreadSet.named(node.process("control").pid(), AGENT))) {
            node.kill("dataplane");
            TimeUnit.SECONDS.sleep(WATCHED.toSeconds());
            boolean flowsAgain = stream.arrivedWithin(Duration.ofMillis(500));
            Disturbance disturbance = starting.stop().and(programming.stop());
            return outcome(disturbance, flowsAgain, stream.stop());
        }
    }

    static Outcome outcome(Disturbance disturbance, boolean flowsAgain, NumberedStream.Report report) {
        long silenceNs = flowsAgain ? report.maxSilenceNs() : WATCHED.toNanos();
        boolean wasKilled = report.lost() > 0;
        return Outcome.of(
                wasKilled && silenceNs <= MAX_SILENCE.toNanos(),
                wasKilled ? Excuse.ofDuration(silenceNs, MAX_SILENCE.toNanos()) : Excuse.NONE,
                disturbance,
                flowsAgain
                        ? "silent for %.2f s (%d of %d datagrams lost)"
                                .formatted(silenceNs / 1e9, report.lost(), report.sent())
                        : "no datagram arrived in the last half second of " + WATCHED.toSeconds() + " s");
    }
}
