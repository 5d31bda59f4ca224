package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Disturbance;
import io.vireo.bench.demo.lab.DisturbanceMonitor;
import io.vireo.bench.demo.lab.Excuse;
import io.vireo.bench.demo.lab.Flood;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.NumberedStream;
import io.vireo.bench.demo.lab.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The control JVM, killed under a stream of datagrams, costs none of them, and comes back by itself.
 *
 * <p>Disturbed: when the worker or the receiver waited for a CPU until the ring of the port was full, with what the hypervisor
 * withheld. That control does not come back is never excused.
 */
public final class ControlDeath implements DemoCheck {
    private static final int PACKETS_PER_SECOND = 2000;
    private static final int PORT = 5401;
    private static final Duration RETURN_DEADLINE = Duration.ofSeconds(30);

    private final DemoNode node;
    private final Host from;
    private final Host to;

    public ControlDeath(DemoNode node, Host from, Host to) {
        this.node = node;
        this.from = from;
        this.to = to;
    }

    @Override
    public String claim() {
        return "control JVM killed -9 under a stream: nothing lost";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        NumberedStream stream =
                NumberedStream.start(from, to, IpFamily.IPV4, PORT, NumberedStream.Pace.of(PACKETS_PER_SECOND));
        try (DisturbanceMonitor monitor = DisturbanceMonitor.start(node.workers(), NumberedStream.receiver())) {
            TimeUnit.SECONDS.sleep(1);
            long killed = node.process("control").pid();
            long killedNs = System.nanoTime();
            node.kill("control");
            boolean returned = DemoNode.await(RETURN_DEADLINE, () -> replaced(killed) && node.controlAnswers());
            double returnSeconds = (System.nanoTime() - killedNs) / 1e9;
            TimeUnit.SECONDS.sleep(2); // what it reconciles after its return must not cost a packet either
            Disturbance disturbance = monitor.stop();
            return loss(disturbance, stream.stop())
                    .and(Outcome.of(returned, "control back after %.1f s".formatted(returnSeconds)));
        }
    }

    static Outcome loss(Disturbance disturbance, NumberedStream.Report report) {
        return Outcome.of(
                report.sent() > 0 && report.lost() == 0,
                report.received() == 0 ? Excuse.NONE : Excuse.ofLoss(Flood.PORT_RING_FRAMES, PACKETS_PER_SECOND),
                disturbance,
                "%d sent, %d lost".formatted(report.sent(), report.lost()));
    }

    private boolean replaced(long killed) {
        return node.runs("control") && node.process("control").pid() != killed;
    }
}
