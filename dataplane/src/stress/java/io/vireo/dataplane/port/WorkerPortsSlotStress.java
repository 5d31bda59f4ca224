package io.vireo.dataplane.port;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The slot in which the conductor leaves a worker its ports. */
@JCStressTest
@Description("The conductor publishes a worker's ports while the worker begins a round.")
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The old ports for this round.")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The new ports, all of them.")
@State
public class WorkerPortsSlotStress {
    private final WorkerPortsSlot slot = new WorkerPortsSlot(WorkerPorts.none(2));

    @Actor
    public void conductor() {
        slot.publish(new WorkerPorts(List.of(), List.of(), new int[] {1, 2}, new LinkStates(2)));
    }

    @Actor
    public void worker(II_Result r) {
        WorkerPorts ports = slot.newest();
        r.r1 = ports.owner(0);
        r.r2 = ports.owner(1);
    }
}
