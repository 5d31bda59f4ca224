package io.vireo.dataplane.tables;

/**
 * The forwarding tables of one address family, one per virtual router: what {@link Ipv4Fib} and {@link Ipv6Fib} share.
 *
 * <pre>
 *   roots: entry per table ──► lookup nodes ({@link Nodes})      read by workers
 *   routes: trie per table     ({@link Rib})                     conductor only
 * </pre>
 *
 * <p>Threads: one writer, the conductor, for everything but lookups. Lookups by any thread that announces to the
 * {@link QuiescentState}; they never wait and never write. A lookup that runs beside a change finds the route that
 * covered the address before it or the one that covers it after.
 *
 * <p>A value is 1 to 2^30 - 1, in practice a next hop's index; 0 means no route. A user is 16 bits that only the caller
 * understands, a mark 8 bits for mark and sweep.
 */
public abstract sealed class Fib implements AutoCloseable permits Ipv4Fib, Ipv6Fib {
    /** From so many routes on a table has an array of 2^18 entries: 1 MiB, which spares up to three nodes per lookup. */
    private static final int LARGE_ARRAY_ROUTES = 8192;
    /** The same as long as few tables have such an array: see {@link #EARLY_SHARE}. */
    private static final int EARLY_ARRAY_ROUTES = 16;
    /** The part of the large arrays that goes to the first tables with {@link #EARLY_ARRAY_ROUTES}: one in so many. */
    private static final int EARLY_SHARE = 8;
    /** From so many routes on an IPv4 table has an array of 2^6 entries: 256 bytes, which spare a node. */
    private static final int SMALL_ARRAY_ROUTES = 32;
    /** A table keeps its array down to a quarter of the routes that gave it one, so that it does not flap. */
    private static final int SHRINK_SHARE = 4;
    /** How often a table that found no room for an array tries again: each time its routes pass a multiple of this. */
    private static final int RETRY_ROUTES = EARLY_ARRAY_ROUTES;

    private static final int RETIRE_CAPACITY = 1 << 16;
    /** The part of the lookup pages that puts leave to removals: one in so many. */
    private static final int REMOVAL_SHARE = 16;

    private final int maxTables;
    private final int earlyArrays;
    /** IPv6 tables have no small array: their first six bits hardly differ. */
    private final int smallArrayBits;

    private final QuiescentState quiescent;
    private final Rib rib;
    private final Roots roots;
    private final Region slabRegion;
    private final Region largeArrayRegion;
    private final SlabPool slab;
    private final FixedPool largeArrays;
    private final Nodes nodes;
    private final RetireQueue retired = new RetireQueue(RETIRE_CAPACITY);
    private final FibUpdater updater;
    private final SubtreeFreer freer;
    private final int[] routeCounts;
    private final boolean[] isTaken;
    private final int[] freeTables;
    private int freeTableCount;
    private int tableCount;
    private long routeCount;
    private int newRouteMark;

    Fib(boolean isWide, TableLimits limits, QuiescentState quiescent) {
        maxTables = limits.maxTables();
        earlyArrays = limits.maxLargeTables() / EARLY_SHARE;
        this.quiescent = quiescent;
        rib = new Rib(isWide, maxTables, limits.maxRoutes());
        smallArrayBits = isWide ? 0 : Nodes.SMALL_ARRAY_BITS;
        roots = new Roots(isWide, maxTables);
        slabRegion = new Region(limits.maxLookupBytes());
        largeArrayRegion = new Region(FixedPool.regionBytes(limits.maxLargeTables(), Nodes.LARGE_ARRAY_BYTES));
        slab = new SlabPool(slabRegion);
        largeArrays = new FixedPool(largeArrayRegion, Nodes.LARGE_ARRAY_BYTES);
        nodes = new Nodes(isWide, slab, largeArrays);
        updater = new FibUpdater(roots, rib, slab, nodes, retired, quiescent);
        freer = new SubtreeFreer(nodes);
        routeCounts = new int[maxTables];
        isTaken = new boolean[maxTables];
        freeTables = new int[maxTables];
        for (int table = maxTables - 1; table >= 0; table--) {
            freeTables[freeTableCount++] = table;
        }
    }

    /** Where the roots' records stand. */
    final long rootsBase() {
        return roots.base();
    }

    /** The address of lookup nodes' offset 0. */
    final long nodesBase() {
        return slab.base();
    }

    // --- tables

    /**
     * Takes an empty table.
     *
     * @return its number, 0 to maxTables - 1, or -1 when all are taken (a freed one returns when no worker sees it)
     */
    public final int newTable() {
        if (freeTableCount == 0) {
            return -1;
        }
        int table = freeTables[--freeTableCount];
        isTaken[table] = true;
        tableCount++;
        return table;
    }

    /**
     * Frees a table with all its routes. Lookups find no route from now on; memory and number return by {@link #reclaim}.
     *
     * @return false when too much waits for workers ({@link RouteChange#BUSY}): nothing was changed
     */
    public final boolean freeTable(int table) {
        checkTable(table);
        if (retired.room() < FibUpdater.MAX_RETIRED) {
            return false;
        }
        int top = roots.topOf(table);
        roots.useOwnEntry(table, 0);
        updater.retireSubtree(top);
        retired.add(RetireQueue.TABLE, table, quiescent.retireEpoch());
        rib.freeLater(table);
        routeCount -= routeCounts[table];
        routeCounts[table] = 0;
        isTaken[table] = false;
        tableCount--;
        return true;
    }

    public final int tableCount() {
        return tableCount;
    }

    public final int routeCount(int table) {
        return routeCounts[table];
    }

    /** Routes in all tables. */
    public final long routeCount() {
        return routeCount;
    }

    /** The mark (0 to 255) that every route put from now on carries. */
    public final void newRouteMark(int mark) {
        newRouteMark = mark & 0xFF;
    }

    /**
     * Goes to the first route, or to the next after the cursor's, in (address, length) order.
     *
     * @return false at the end; the cursor stays
     */
    public final boolean next(int table, RouteCursor cursor) {
        checkTable(table);
        long node = cursor.isStarted() ? rib.next(table, cursor.hi(), cursor.lo(), cursor.length()) : rib.first(table);
        if (node != 0) {
            cursor.set(rib, node);
        }
        return node != 0;
    }

    // --- memory

    /**
     * Frees what workers can no longer see, up to a work limit. Once per conductor loop, beside
     * {@link QuiescentState#advance()}.
     *
     * @param limit about how many pieces to free at most
     * @return the work done; 0 when there was nothing to do, or all of it waits for workers
     */
    public final int reclaim(int limit) {
        int work = rib.freePending(limit);
        while (work < limit) {
            if (!freer.isIdle()) {
                work += freer.work(limit - work);
            } else if (!retired.isEmpty() && quiescent.hasPassed(retired.firstEpoch())) {
                freeFirstRetired();
                work++;
            } else {
                break;
            }
        }
        return work;
    }

    private void freeFirstRetired() {
        int item = retired.firstItem();
        switch (retired.firstKind()) {
            case RetireQueue.NODE -> nodes.free(item);
            case RetireQueue.SUBTREE -> freer.begin(item);
            default -> freeTables[freeTableCount++] = item;
        }
        retired.removeFirst();
    }

    /** Bytes that lookups touch: roots of the tables in use, lookup nodes (whole pages) and large arrays. */
    public final long lookupBytes() {
        return (long) tableCount * Roots.RECORD_BYTES + slab.usedBytes() + largeArrays.usedBytes();
    }

    /** Bytes of the routes as such, which lookups do not touch. */
    public final long routeBytes() {
        return (long) tableCount * rib.nodeBytes() + rib.pairs().usedBytes();
    }

    /** All bytes in use. */
    public final long usedBytes() {
        return lookupBytes() + routeBytes();
    }

    /** Bytes of address space taken at construction. */
    public final long reservedBytes() {
        return roots.bytes() + slabRegion.bytes() + largeArrayRegion.bytes() + rib.reservedBytes();
    }

    /** Releases all memory. No reader and no writer may use these tables any more. */
    @Override
    public final void close() {
        updater.close();
        rib.close();
        roots.close();
        slabRegion.close();
        largeArrayRegion.close();
    }

    // --- routes

    final RouteChange putPrefix(int table, long hi, long lo, int length, int value, int user) {
        checkTable(table);
        checkRoute(value, user);
        RouteChange refusal = refusal(putReserve());
        if (refusal != RouteChange.ADDED) {
            return refusal;
        }
        long node = rib.insert(table, hi, lo, length);
        if (node == 0) {
            return fullOrBusy();
        }
        int oldValue = rib.value(node);
        int oldUser = rib.user(node);
        int oldMark = rib.mark(node);
        rib.setRoute(node, value, user, newRouteMark);
        if (value != oldValue && !updater.onPut(table, hi, lo, length)) {
            restore(table, hi, lo, length, oldValue, oldUser, oldMark);
            return fullOrBusy();
        }
        if (oldValue != 0) {
            return RouteChange.REPLACED;
        }
        onRouteAdded(table);
        return RouteChange.ADDED;
    }

    final RouteChange removePrefix(int table, long hi, long lo, int length) {
        checkTable(table);
        long node = rib.find(table, hi, lo, length);
        if (node == 0 || rib.value(node) == 0) {
            return RouteChange.ABSENT;
        }
        RouteChange refusal = refusal(FibUpdater.RESERVED_PAGES);
        if (refusal != RouteChange.ADDED) {
            return refusal;
        }
        int oldValue = rib.value(node);
        int oldUser = rib.user(node);
        int oldMark = rib.mark(node);
        rib.remove();
        if (!updater.onRemove(table, hi, lo, length)) {
            restore(table, hi, lo, length, oldValue, oldUser, oldMark);
            return fullOrBusy();
        }
        onRouteRemoved(table);
        return RouteChange.REMOVED;
    }

    /** Undoes a change of the RIB. Needs no memory: what a removal freed is still free. */
    private void restore(int table, long hi, long lo, int length, int value, int user, int mark) {
        if (value == 0) {
            rib.remove();
        } else {
            rib.setRoute(rib.insert(table, hi, lo, length), value, user, mark);
        }
    }

    final int getValue(int table, long hi, long lo, int length) {
        long node = rib.find(table, hi, lo, length);
        return node == 0 ? 0 : rib.value(node);
    }

    final int getUserOf(int table, long hi, long lo, int length) {
        long node = rib.find(table, hi, lo, length);
        return node == 0 || rib.value(node) == 0 ? -1 : rib.user(node);
    }

    final boolean markPrefix(int table, long hi, long lo, int length, int mark) {
        long node = rib.find(table, hi, lo, length);
        if (node == 0 || rib.value(node) == 0) {
            return false;
        }
        rib.setMark(node, mark & 0xFF);
        return true;
    }

    private int putReserve() {
        return FibUpdater.RESERVED_PAGES + slab.pageCount() / REMOVAL_SHARE;
    }

    /** FULL, BUSY, or ADDED when a change that leaves so many pages free may be tried. */
    private RouteChange refusal(int reservedPages) {
        if (retired.room() < FibUpdater.MAX_RETIRED) {
            return RouteChange.BUSY;
        }
        slab.keepFree(reservedPages);
        return slab.freePages() < reservedPages ? fullOrBusy() : RouteChange.ADDED;
    }

    /** Why there is no memory: because too little was given, or because what was given waits to be freed. */
    private RouteChange fullOrBusy() {
        boolean isReclaiming = !retired.isEmpty() || !freer.isIdle() || rib.isFreeing();
        return isReclaiming ? RouteChange.BUSY : RouteChange.FULL;
    }

    private void onRouteAdded(int table) {
        routeCount++;
        int count = ++routeCounts[table];
        if (count % RETRY_ROUTES == 0) {
            int wanted = arrayBitsFor(count);
            slab.keepFree(putReserve());
            if (wanted > arrayBits(table)) {
                updater.rebuildTable(table, wanted); // without room it stays as it is: slower, not wrong
            }
        }
    }

    private int arrayBitsFor(int routes) {
        boolean isEarly = routes >= EARLY_ARRAY_ROUTES && largeArrays.used() < earlyArrays;
        if (isEarly || routes >= LARGE_ARRAY_ROUTES) {
            return Nodes.LARGE_ARRAY_BITS;
        }
        return routes >= SMALL_ARRAY_ROUTES ? smallArrayBits : 0;
    }

    private void onRouteRemoved(int table) {
        routeCount--;
        int count = --routeCounts[table];
        int bits = arrayBits(table);
        boolean isTooLarge = bits == Nodes.LARGE_ARRAY_BITS
                && count < LARGE_ARRAY_ROUTES / SHRINK_SHARE
                && count % RETRY_ROUTES == 0
                && largeArrays.used() > earlyArrays;
        boolean isTooSmall = bits != 0 && count < EARLY_ARRAY_ROUTES / SHRINK_SHARE;
        if (isTooLarge || isTooSmall) {
            slab.keepFree(FibUpdater.RESERVED_PAGES);
            updater.rebuildTable(table, isTooSmall ? 0 : smallArrayBits);
        }
    }

    private int arrayBits(int table) {
        int array = roots.arrayOf(table);
        return array == 0 ? 0 : Nodes.arrayBits(array);
    }

    private void checkTable(int table) {
        if (table < 0 || table >= maxTables || !isTaken[table]) {
            throw new IllegalArgumentException("no such table: " + table);
        }
    }

    private static void checkRoute(int value, int user) {
        if (value < 1 || value > Nodes.MAX_VALUE) {
            throw new IllegalArgumentException("value must be 1 to " + Nodes.MAX_VALUE + ": " + value);
        }
        if (user != (user & 0xFFFF)) {
            throw new IllegalArgumentException("user must be 0 to 65535: " + user);
        }
    }
}
