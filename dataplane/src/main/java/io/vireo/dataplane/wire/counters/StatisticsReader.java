package io.vireo.dataplane.wire.counters;

import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_DELAYS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_DROPS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_GENERATION;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_GUARANTEED_WIRE_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_MARKED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_QUEUED_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_QUEUED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_SENT_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_SENT_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.CLASS_WIRE_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.DROP_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.INPUT_ERRORS;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_LOST;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_REQUESTS;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_ROUND_TRIP_NS;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_STATE;
import static io.vireo.dataplane.wire.layout.SharedLayout.MISSED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.NO_BUFFER_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OUTPUT_ERRORS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OWN_CONTROL_LIMITED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.OWN_CONTROL_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_LIMITED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.PUNT_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.REFUSED_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.RX_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.RX_PACKETS;
import static io.vireo.dataplane.wire.layout.SharedLayout.TX_BYTES;
import static io.vireo.dataplane.wire.layout.SharedLayout.TX_PACKETS;

import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.KeepaliveState;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.layout.DelayBuckets;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the statistics and sums them over the workers. Thread-safe. The counts of a row are not from one instant: workers
 * go on counting meanwhile; each alone never falls within a generation. A reader waits for a row that is being zeroed, a
 * quarter of a second at most.
 */
public final class StatisticsReader {
    /** A row is zeroed in microseconds, if the conductor does not lose its processor just then. */
    private static final int SPINS = 10_000;

    private static final long PAUSE_NS = 100_000;

    /** The conductor has died in the middle of a row. */
    private static final int MAX_TRIES = SPINS + 1_500;

    private final SharedLayout layout;
    private final UnsafeBuffer conductor;
    private final UnsafeBuffer classes;
    private final UnsafeBuffer keepalives;
    private final UnsafeBuffer[] workers;

    public StatisticsReader(
            SharedLayout layout,
            UnsafeBuffer conductor,
            UnsafeBuffer classes,
            UnsafeBuffer keepalives,
            UnsafeBuffer[] workers) {
        this.layout = layout;
        this.conductor = conductor;
        this.classes = classes;
        this.keepalives = keepalives;
        this.workers = workers;
    }

    /** Returns what an interface has handled; zeros for an id that was never given. */
    public TrafficCounts interfaceCounts(int interfaceId) {
        checkId("interfaceId", interfaceId, layout.limits().maxInterfaces());
        int row = SharedLayout.interfaceRowOffset(interfaceId);
        return consistently(
                conductor,
                SharedLayout.interfaceGenerationOffset(interfaceId),
                generation -> trafficCounts(generation, row));
    }

    /** Returns what the keepalives of an interface have found. */
    public KeepaliveCounts keepaliveCounts(int interfaceId) {
        checkId("interfaceId", interfaceId, layout.limits().maxInterfaces());
        int row = SharedLayout.keepaliveRowOffset(interfaceId);
        KeepaliveState state = KeepaliveState.ofCode((int) keepalives.getLongOpaque(row + KEEPALIVE_STATE));
        return state == null || state == KeepaliveState.NONE
                ? KeepaliveCounts.NONE
                : new KeepaliveCounts(
                        state,
                        keepalives.getLongOpaque(row + KEEPALIVE_REQUESTS),
                        keepalives.getLongOpaque(row + KEEPALIVE_LOST),
                        keepalives.getLongOpaque(row + KEEPALIVE_ROUND_TRIP_NS));
    }

    /** Returns what a virtual router has handled; zeros for an id that was never given. */
    public TrafficCounts routerCounts(int routerId) {
        checkId("routerId", routerId, layout.limits().maxRouters());
        int row = layout.routerRowOffset(routerId);
        return consistently(
                conductor, layout.routerGenerationOffset(routerId), generation -> trafficCounts(generation, row));
    }

    /** Returns what a port has handled; zeros for an id that was never given. */
    public PortCounts portCounts(int portId) {
        checkId("portId", portId, SharedLayout.MAX_PORTS);
        return consistently(
                conductor, layout.portGenerationOffset(portId), generation -> portCounts(generation, portId));
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

    /** Returns how many packets of a virtual router were punted, by {@link PuntClass} code. */
    public long[] punts(int routerId) {
        checkId("routerId", routerId, layout.limits().maxRouters());
        PuntClass[] classes = PuntClass.values();
        var punts = new long[classes.length];
        for (PuntClass puntClass : classes) {
            punts[puntClass.code()] = sum(layout.puntRowOffset(routerId) + puntClass.code() * Long.BYTES);
        }
        return punts;
    }

    /** Returns how many packets of a virtual router the data plane answered by itself, by {@link AnswerKind} code. */
    public long[] answers(int routerId) {
        checkId("routerId", routerId, layout.limits().maxRouters());
        AnswerKind[] kinds = AnswerKind.values();
        var answers = new long[kinds.length];
        for (AnswerKind kind : kinds) {
            answers[kind.code()] = sum(layout.answerRowOffset(routerId) + kind.code() * Long.BYTES);
        }
        return answers;
    }

    /** Returns what a class of the scheduler has done; zeros for an id that was never given. */
    public ClassCounts classCounts(int classId) {
        checkId("classId", classId, layout.limits().maxClasses());
        int row = SharedLayout.classRowOffset(classId);
        return consistently(classes, row + CLASS_GENERATION, generation -> classCounts(generation, row));
    }

    /**
     * Reads how many packets of a class were delayed how long, by {@link DelayBuckets bucket}: unsigned numbers that
     * wrap, to be subtracted modulo 2^32 as long as the generation in {@link #classCounts} stays the same.
     *
     * @param counts receives {@link DelayBuckets#COUNT} numbers
     */
    public void classDelays(int classId, int[] counts) {
        checkId("classId", classId, layout.limits().maxClasses());
        int delays = SharedLayout.classRowOffset(classId) + CLASS_DELAYS;
        for (int bucket = 0; bucket < DelayBuckets.COUNT; bucket++) {
            counts[bucket] = classes.getIntOpaque(delays + bucket * Integer.BYTES);
        }
    }

    private ClassCounts classCounts(long generation, int row) {
        var drops = new long[SharedLayout.CLASS_DROPS_COUNT];
        for (int reason = 0; reason < drops.length; reason++) {
            drops[reason] = classes.getLongOpaque(row + CLASS_DROPS + reason * Long.BYTES);
        }
        return new ClassCounts(
                generation,
                classes.getLongOpaque(row + CLASS_SENT_PACKETS),
                classes.getLongOpaque(row + CLASS_SENT_BYTES),
                classes.getLongOpaque(row + CLASS_MARKED_PACKETS),
                classes.getLongOpaque(row + CLASS_WIRE_BYTES),
                classes.getLongOpaque(row + CLASS_GUARANTEED_WIRE_BYTES),
                classes.getLongOpaque(row + CLASS_QUEUED_PACKETS),
                classes.getLongOpaque(row + CLASS_QUEUED_BYTES),
                drops);
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
                sum(row + OWN_CONTROL_PACKETS),
                sum(row + OWN_CONTROL_LIMITED_PACKETS),
                conductor.getLongOpaque(deviceRow + MISSED_PACKETS),
                conductor.getLongOpaque(deviceRow + INPUT_ERRORS),
                conductor.getLongOpaque(deviceRow + OUTPUT_ERRORS),
                conductor.getLongOpaque(deviceRow + NO_BUFFER_PACKETS));
    }

    private static <T> T consistently(UnsafeBuffer rows, int generationOffset, LongFunction<T> read) {
        for (int tries = 1; ; tries++) {
            long before = rows.getLongAcquire(
                    generationOffset); // pairs with the release in StatisticsOwner and ClassStatisticsWriter
            T counts = read.apply(before);
            VarHandle.loadLoadFence(); // the counts before the second look; pairs with the storeStoreFence there
            boolean isStable = (before & 1) == 0 && rows.getLongOpaque(generationOffset) == before;
            if (isStable || tries == MAX_TRIES) {
                return counts;
            }
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PAUSE_NS);
            }
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
