package io.vireo.bench.micro.path;

import io.vireo.bench.forward.BarrierWaiter;
import io.vireo.bench.forward.Topology;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ring of commands from control to the conductor: 64 and a barrier, until that is answered. What the conductor does with them
 * is in it, and all of its round.
 */
@State(Scope.Thread)
public class CommandRingBenchmark {
    private static final int COMMANDS = 64;
    private static final int ROUTER = 0;
    private static final long PREFIX = 10L << 24;
    private static final int LENGTH = 24;
    private static final long NO_BARRIER = -1;

    private PathRig rig;
    private EventAdapter events;
    private final NextHops nextHops = new NextHops();
    private long gateway;

    /** Sends commands of both kinds once; the barriers must be answered, and nothing refused. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        rig.configure(MicroWorkloads.named(MicroWorkloads.ONE), PathRig::nullDevice);
        BarrierWaiter answers = new BarrierWaiter(NO_BARRIER);
        events = new EventAdapter(rig.memory, answers);
        Expect.count("answers after idle commands", 1, openInterface());
        Expect.count("answers after route changes", 1, replaceRoute());
        Expect.count("refusals", 0, answers.errors().size());
    }

    @TearDown
    public void close() throws IOException {
        rig.close();
    }

    /** An interface is opened that is open: hardly more than the way there. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public int openInterface() {
        for (int i = 0; i < COMMANDS; i++) {
            rig.proxy.topology().setInterfaceState(i, Topology.ingress(ROUTER), true);
        }
        return conduct();
    }

    /** A route gets another gateway. */
    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public int replaceRoute() {
        gateway ^= 1;
        nextHops.clear().add(Topology.egress(ROUTER), 0, Topology.ipv4Gateway((int) gateway), 1);
        for (int i = 0; i < COMMANDS; i++) {
            long prefix = PREFIX | (long) i << (Integer.SIZE - LENGTH);
            rig.proxy.tables().addRoute(i, ROUTER, AddressFamily.IPV4, 0, prefix, LENGTH, RouteKind.UNICAST, nextHops);
        }
        return conduct();
    }

    private int conduct() {
        rig.proxy.barrier(COMMANDS);
        int answers = 0;
        while (answers == 0) {
            rig.conductor.doWork();
            answers = events.poll(COMMANDS);
        }
        return answers;
    }
}
