package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.util.Arrays;

/** Takes the memory of one worker's port queues and joins them with what changes their classes. Once, at start. */
public final class PortQueues {
    private final PortQueue[] queues = new PortQueue[SharedLayout.MAX_PORTS];
    private final ClassAgent agent;

    /**
     * Joins the parts of one worker.
     *
     * @param readyPackets packets that may be ready at a port in one round.
     * @param txFrames packets that a burst may have for all ports, at most.
     */
    public PortQueues(
            int worker,
            int readyPackets,
            int txFrames,
            SharedScheduling scheduling,
            SharedMemory memory,
            Discards discards) {
        ClassMap map =
                new ClassMap(memory.limits().maxClasses(), memory.limits().maxInterfaces());
        ClassStatisticsWriter statistics = memory.classStatisticsWriter();
        ClassTools tools = new ClassTools(
                map,
                new OwnControlBounds(memory.limits().maxInterfaces()),
                scheduling.filters().words(),
                scheduling.virtualLinks(),
                statistics,
                txFrames);
        Arrays.setAll(queues, port -> new PortQueue(port, readyPackets, tools));
        agent = new ClassAgent(worker, scheduling, queues, map, statistics, discards);
    }

    /** The queues by port id. */
    public PortQueue[] byPort() {
        return queues.clone();
    }

    /** What carries out orders about them. */
    public ClassAgent agent() {
        return agent;
    }
}
