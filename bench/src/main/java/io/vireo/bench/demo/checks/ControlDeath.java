package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.NumberedStream;
import io.vireo.bench.demo.lab.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The control JVM, killed under a stream of datagrams, costs none of them, and comes back by itself. */
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
        TimeUnit.SECONDS.sleep(1);
        long killed = node.process("control").pid();
        long killedNs = System.nanoTime();
        node.kill("control");
        boolean returned = DemoNode.await(RETURN_DEADLINE, () -> replaced(killed) && node.controlAnswers());
        double returnSeconds = (System.nanoTime() - killedNs) / 1e9;
        TimeUnit.SECONDS.sleep(2); // what it reconciles after its return must not cost a packet either
        NumberedStream.Report report = stream.stop();
        return new Outcome(
                returned && report.sent() > 0 && report.lost() == 0,
                "%d sent, %d lost; control back after %.1f s".formatted(report.sent(), report.lost(), returnSeconds));
    }

    private boolean replaced(long killed) {
        return node.runs("control") && node.process("control").pid() != killed;
    }
}
