package io.vireo.dataplane.wire;

import static io.vireo.dataplane.wire.SharedLayout.DROP_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.INPUT_ERRORS;
import static io.vireo.dataplane.wire.SharedLayout.MISSED_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.NO_BUFFER_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.OUTPUT_ERRORS;
import static io.vireo.dataplane.wire.SharedLayout.PUNT_LIMITED_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.PUNT_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.REFUSED_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.RX_BYTES;
import static io.vireo.dataplane.wire.SharedLayout.RX_PACKETS;
import static io.vireo.dataplane.wire.SharedLayout.TX_BYTES;
import static io.vireo.dataplane.wire.SharedLayout.TX_PACKETS;

import java.lang.invoke.VarHandle;
import java.util.function.LongFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the statistics and sums them over the workers. Thread-safe, never waits for a writer. The counts of a row are
 * not from one instant: workers go on counting meanwhile; each alone never falls within a generation.
 */
public final class StatisticsReader {
    /** A row is zeroed in microseconds; after so many tries the conductor has died in the middle of it. */
    private static final int MAX_TRIES = 10_000;

    private final SharedLayout layout;
    private final UnsafeBuffer conductor;
    private final UnsafeBuffer[] workers;

    StatisticsReader(SharedLayout layout, UnsafeBuffer conductor, UnsafeBuffer[] workers) {
        this.layout = layout;
        this.conductor = conductor;
        this.workers = workers;
    }

    /** Returns what an interface has handled; zeros for an id that was never given. */
    public TrafficCounts interfaceCounts(int interfaceId) {
        checkId("interfaceId", interfaceId, layout.limits().maxInterfaces());
        int row = SharedLayout.interfaceRowOffset(interfaceId);
        return consistently(
                SharedLayout.interfaceGenerationOffset(interfaceId), generation -> trafficCounts(generation, row));
    }

    /** Returns what a virtual router has handled; zeros for an id that was never given. */
    public TrafficCounts routerCounts(int routerId) {
        checkId("routerId", routerId, layout.limits().maxRouters());
        int row = layout.routerRowOffset(routerId);
        return consistently(layout.routerGenerationOffset(routerId), generation -> trafficCounts(generation, row));
    }

    /** Returns what a port has handled; zeros for an id that was never given. */
    public PortCounts portCounts(int portId) {
        checkId("portId", portId, SharedLayout.MAX_PORTS);
        return consistently(layout.portGenerationOffset(portId), generation -> portCounts(generation, portId));
    }

    /**
     * Returns how many packets were dropped for a reason.
     *
     * @param routerId a virtual router, or {@link StatisticsWriter#NO_ROUTER} for packets whose router was not yet known
     */
    public long drops(int routerId, DropReason reason) {
        if (routerId != StatisticsWriter.NO_ROUTER) {
            checkId("routerId", routerId, layout.limits().maxRouters());
        }
        return sum(layout.dropRowOffset(routerId) + reason.code() * Long.BYTES);
    }

    /** Returns how many packets were dropped, by {@link DropReason} code. */
    public long[] drops(int routerId) {
        DropReason[] reasons = DropReason.values();
        var drops = new long[reasons.length];
        for (DropReason reason : reasons) {
            drops[reason.code()] = drops(routerId, reason);
        }
        return drops;
    }

    private TrafficCounts trafficCounts(long generation, int row) {
        return new TrafficCounts(
                generation,
                sum(row + RX_PACKETS),
                sum(row + RX_BYTES),
                sum(row + TX_PACKETS),
                sum(row + TX_BYTES),
                sum(row + DROP_PACKETS),
                sum(row + PUNT_PACKETS),
                sum(row + PUNT_LIMITED_PACKETS));
    }

    private PortCounts portCounts(long generation, int portId) {
        int row = layout.portRowOffset(portId);
        int deviceRow = layout.deviceRowOffset(portId);
        return new PortCounts(
                generation,
                sum(row + RX_PACKETS),
                sum(row + RX_BYTES),
                sum(row + TX_PACKETS),
                sum(row + TX_BYTES),
                sum(row + REFUSED_PACKETS),
                conductor.getLongOpaque(deviceRow + MISSED_PACKETS),
                conductor.getLongOpaque(deviceRow + INPUT_ERRORS),
                conductor.getLongOpaque(deviceRow + OUTPUT_ERRORS),
                conductor.getLongOpaque(deviceRow + NO_BUFFER_PACKETS));
    }

    private <T> T consistently(int generationOffset, LongFunction<T> read) {
        for (int tries = 1; ; tries++) {
            long before = conductor.getLongAcquire(generationOffset); // pairs with putLongRelease in StatisticsOwner
            T counts = read.apply(before);
            VarHandle.loadLoadFence(); // the counts before the second look; pairs with the storeStoreFence there
            boolean isStable = (before & 1) == 0 && conductor.getLongOpaque(generationOffset) == before;
            if (isStable || tries == MAX_TRIES) {
                return counts;
            }
            Thread.onSpinWait();
        }
    }

    private long sum(int offset) {
        long sum = 0;
        for (UnsafeBuffer worker : workers) {
            sum += worker.getLongOpaque(offset);
        }
        return sum;
    }

    private static void checkId(String name, int value, int limit) {
        if (value < 0 || value >= limit) {
            throw new IllegalArgumentException(name + "=" + value + " is not in 0.." + (limit - 1));
        }
    }
}
