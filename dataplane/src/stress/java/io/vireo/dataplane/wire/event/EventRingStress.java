package io.vireo.dataplane.wire.event;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.vireo.dataplane.RecordedEvents;
import io.vireo.dataplane.wire.StressMemory;
import io.vireo.dataplane.wire.memory.SharedMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The event ring: one ring for all states, in which each conductor's turn puts the end of a dump. */
@JCStressTest
@Description("The conductor sends an event while control reads the event ring.")
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet.")
@Outcome(
        id = "1",
        expect = ACCEPTABLE,
        desc = "Events came, each whole, in the order in which they were sent, none missing.")
@State
public class EventRingStress {
    private static final SharedMemory MEMORY = StressMemory.create();
    private static final EventProxy PROXY = new EventProxy(MEMORY);
    private static final RecordedEvents EVENTS = new RecordedEvents();
    private static final EventAdapter ADAPTER = new EventAdapter(MEMORY, EVENTS);
    private static final int POLL_LIMIT = 4;

    private static long sent;
    private static long received;

    @Actor
    public void conductor() {
        if (PROXY.dumpEnd(sent, -sent)) {
            sent++;
        }
    }

    @Actor
    public void control(I_Result r) {
        int messages = ADAPTER.poll(POLL_LIMIT);
        boolean isRight = EVENTS.dumps.size() == messages;
        for (int n = 0; n < messages; n++, received++) {
            Long entries = EVENTS.dumps.get(received);
            isRight &= entries != null && entries == -received;
        }
        EVENTS.dumps.clear();
        r.r1 = isRight ? Integer.signum(messages) : -1;
    }
}
