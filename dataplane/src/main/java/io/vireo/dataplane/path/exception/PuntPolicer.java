package io.vireo.dataplane.path.exception;

import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;
import org.agrona.UnsafeApi;

/**
 * The punt limit of each virtual router: a token bucket in the form of the generic cell rate algorithm (ITU-T I.371 Annex A,
 * virtual scheduling), which needs one word of state.
 *
 * <pre>
 *    0  theoretical arrival time, ns    8  increment, ns per packet    16  tolerance, ns
 * </pre>
 *
 * All workers share a router's bucket. Over the limit, a refusal is two loads, so a flood costs no cache line traffic.
 * Limits are set by the conductor.
 */
public final class PuntPolicer {
    private static final int RECORD_SHIFT = 5;
    private static final int ARRIVAL = 0;
    private static final int INCREMENT = 8;
    private static final int TOLERANCE = 16;
    private static final long SECOND_NS = 1_000_000_000L;

    private final long base;

    public PuntPolicer(int maxRouters) {
        base = Arena.global().allocate((long) maxRouters << RECORD_SHIFT, 64).address();
    }

    /**
     * Sets a router's limit and fills its bucket. Conductor only.
     *
     * @param packetsPerSecond 0 = nothing is punted.
     * @param burstPackets that may come at once, at least 1.
     */
    public void limit(int router, int packetsPerSecond, int burstPackets) {
        long record = record(router);
        long increment = packetsPerSecond == 0 ? 0 : Math.max(1, SECOND_NS / packetsPerSecond);
        Memory.putLong(record + INCREMENT, increment);
        UnsafeApi.putLongOpaque(
                null, record + TOLERANCE, packetsPerSecond == 0 ? -1 : Math.max(0, burstPackets - 1) * increment);
    }

    /** Whether one more packet may be punted now; if so, it has been counted. Any worker. */
    public boolean conforms(int router, long nowNs) {
        long record = record(router);
        long tolerance = Memory.getLong(record + TOLERANCE);
        long increment = Memory.getLong(record + INCREMENT);
        while (true) {
            long arrival = UnsafeApi.getLongVolatile(null, record + ARRIVAL);
            long conforming = arrival - nowNs > 0 ? arrival : nowNs;
            if (conforming - nowNs > tolerance) {
                return false;
            }
            // Lock-free: a failure means that another worker's packet conformed.
            if (UnsafeApi.compareAndSetLong(null, record + ARRIVAL, arrival, conforming + increment)) {
                return true;
            }
        }
    }

    private long record(int router) {
        return base + ((long) router << RECORD_SHIFT);
    }
}
