package io.vireo.dataplane.path.exception;

import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * How much of each kind the control plane takes from a virtual router and from each of its interfaces (RFC 6192 §3). Token
 * buckets in the form of the generic cell rate algorithm (ITU-T I.371 Annex A, virtual scheduling), which needs one word of
 * state each.
 *
 * <pre>
 *   packet of interface i, class c ─┬─ bucket of (i, c) has a token ──────────────► COMMITTED: punted, whatever others do
 *                                   │     it is charged to the two below all the same, which may so run into debt
 *                                   └─ else: bucket of (router, c), bucket of the router have one? ─► EXCESS, else over
 * </pre>
 *
 * So whoever floods uses up what is his own and what is left over, and nobody else's: an interface that keeps within its budget
 * of a class loses nothing, whatever arrives at others and in other classes. In the long run a router punts no more than its
 * rate, or than its interfaces' own budgets if these are more.
 *
 * <pre>
 *  record of (router, class), 64 bytes; the last of a router's 16 is the router's own
 *    0  theoretical arrival time, ns        8  increment, ns per packet             16  tolerance, ns
 *   24  interface's increment, ns          32  interface's tolerance, ns
 *  word of (interface, class): theoretical arrival time, ns
 * </pre>
 *
 * All workers share the buckets. Over the budget, a refusal is a few loads, so a flood costs no cache line traffic. Budgets are
 * set by the conductor. Memory is backed only where it is touched.
 */
public final class PuntBudgets {
    /** {@link #police}: within the interface's own budget. */
    public static final int COMMITTED = 0;

    /** {@link #police}: beyond it, and within what the router has left. */
    public static final int EXCESS = 1;

    /** {@link #police}: the class's budget is used up. */
    public static final int OVER_CLASS = 2;

    /** {@link #police}: the router's rate is used up. */
    public static final int OVER_ROUTER = 3;

    private static final PuntClass[] CLASSES = PuntClass.values();
    private static final int RECORD_SHIFT = 6;
    private static final int CLASSES_SHIFT = 4;
    private static final int ROUTER_RECORD = SharedLayout.MAX_PUNT_CLASSES - 1;
    private static final int ARRIVAL = 0;
    private static final int INCREMENT = 8;
    private static final int TOLERANCE = 16;
    private static final int INTERFACE_INCREMENT = 24;
    private static final int INTERFACE_TOLERANCE = 32;
    private static final long SECOND_NS = 1_000_000_000L;

    /** How long a bucket may be in debt: so long after the committed packets end, the excess of others passes again. */
    private static final long MAX_DEBT_NS = SECOND_NS;

    private final long records;
    private final long arrivals;

    public PuntBudgets(int maxRouters, int maxInterfaces) {
        records = new Region((long) maxRouters << (CLASSES_SHIFT + RECORD_SHIFT)).address();
        arrivals = new Region(((long) maxInterfaces << CLASSES_SHIFT) * Long.BYTES).address();
    }

    /**
     * Sets a router's rate, and the budgets of all classes to their shares of it; fills the buckets. Conductor only.
     *
     * @param packetsPerSecond of all classes together, 0 = nothing is punted.
     * @param burstPackets that may come at once, at least 1.
     */
    public void limit(int router, int packetsPerSecond, int burstPackets) {
        setBucket(record(router, ROUTER_RECORD), packetsPerSecond, burstPackets);
        for (PuntClass puntClass : CLASSES) {
            int rate = puntClass.defaultPacketsPerSecond(packetsPerSecond);
            int burst = puntClass.defaultBurstPackets(burstPackets);
            int percent = PuntClass.DEFAULT_INTERFACE_PERCENT;
            limitClass(
                    router,
                    puntClass.code(),
                    rate,
                    burst,
                    PuntClass.percent(rate, percent, 1),
                    PuntClass.percent(burst, percent, PuntClass.MIN_INTERFACE_BURST_PACKETS));
        }
    }

    /**
     * Sets the budget of a class of a router, and what each of its interfaces has of it for itself. Conductor only.
     *
     * @param puntClass {@link PuntClass} code.
     * @param packetsPerSecond of all interfaces together; 0 = only what is within the interfaces' own.
     * @param interfacePacketsPerSecond of each interface, whatever the others do; 0 = none.
     */
    public void limitClass(
            int router,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets) {
        long record = record(router, puntClass);
        setBucket(record, packetsPerSecond, burstPackets);
        long increment = incrementNs(interfacePacketsPerSecond);
        Memory.putLong(record + INTERFACE_INCREMENT, increment);
        UnsafeApi.putLongOpaque(
                null,
                record + INTERFACE_TOLERANCE,
                toleranceNs(interfacePacketsPerSecond, interfaceBurstPackets, increment));
    }

    private static void setBucket(long record, int packetsPerSecond, int burstPackets) {
        long increment = incrementNs(packetsPerSecond);
        Memory.putLong(record + INCREMENT, increment);
        UnsafeApi.putLongOpaque(null, record + TOLERANCE, toleranceNs(packetsPerSecond, burstPackets, increment));
    }

    private static long incrementNs(int packetsPerSecond) {
        return packetsPerSecond == 0 ? 0 : Math.max(1, SECOND_NS / packetsPerSecond);
    }

    private static long toleranceNs(int packetsPerSecond, int burstPackets, long increment) {
        return packetsPerSecond == 0 ? -1 : Math.max(0, burstPackets - 1) * increment;
    }

    /**
     * Decides on one more packet; if it is {@link #COMMITTED} or {@link #EXCESS}, it has been charged. Any worker.
     *
     * @param puntClass {@link PuntClass} code.
     */
    public int police(int interfaceId, int router, int puntClass, long nowNs) {
        long record = record(router, puntClass);
        long whole = record(router, ROUTER_RECORD);
        long arrival = arrivals + (((long) interfaceId << CLASSES_SHIFT) + puntClass) * Long.BYTES;
        long increment = Memory.getLong(record + INTERFACE_INCREMENT);
        if (take(arrival, increment, Memory.getLong(record + INTERFACE_TOLERANCE), nowNs)) {
            charge(record, nowNs);
            charge(whole, nowNs);
            return COMMITTED;
        }
        if (!isOpen(whole, nowNs)) {
            return isOpen(record, nowNs) ? OVER_ROUTER : OVER_CLASS;
        }
        if (!take(record + ARRIVAL, Memory.getLong(record + INCREMENT), Memory.getLong(record + TOLERANCE), nowNs)) {
            return OVER_CLASS;
        }
        charge(whole, nowNs);
        return EXCESS;
    }

    /** Whether a bucket has a token. */
    private static boolean isOpen(long record, long nowNs) {
        long arrival = UnsafeApi.getLongVolatile(null, record + ARRIVAL);
        return Math.max(arrival, nowNs) - nowNs <= Memory.getLong(record + TOLERANCE);
    }

    /** Takes a token, if there is one. */
    private static boolean take(long at, long increment, long tolerance, long nowNs) {
        while (true) {
            long arrival = UnsafeApi.getLongVolatile(null, at);
            long conforming = Math.max(arrival, nowNs);
            if (conforming - nowNs > tolerance) {
                return false;
            }
            // Lock-free: a failure means that another worker's packet conformed.
            if (UnsafeApi.compareAndSetLong(null, at, arrival, conforming + increment)) {
                return true;
            }
        }
    }

    /** Takes a token, on credit if there is none. */
    private static void charge(long record, long nowNs) {
        long increment = Memory.getLong(record + INCREMENT);
        long latest = nowNs + Memory.getLong(record + TOLERANCE) + increment + MAX_DEBT_NS;
        while (true) {
            long arrival = UnsafeApi.getLongVolatile(null, record + ARRIVAL);
            long charged = Math.min(Math.max(arrival, nowNs) + increment, latest);
            // Lock-free, as above.
            if (UnsafeApi.compareAndSetLong(null, record + ARRIVAL, arrival, charged)) {
                return;
            }
        }
    }

    private long record(int router, int puntClass) {
        return records + ((((long) router << CLASSES_SHIFT) + puntClass) << RECORD_SHIFT);
    }
}
