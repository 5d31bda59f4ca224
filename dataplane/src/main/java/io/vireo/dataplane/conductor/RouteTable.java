package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Fib;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * The forwarding tables of one address family, as the conductor needs them: a table per virtual router, prefixes as two longs
 * (IPv4 in the low one). A route's value is its next-hop index, its user word is laid out by {@link RouteWord}.
 */
abstract class RouteTable {
    private final Fib fib;

    RouteTable(Fib fib) {
        this.fib = fib;
    }

    abstract AddressFamily family();

    /** Length of a host's prefix, bits. */
    abstract int hostLength();

    /** Makes an empty table; -1 when all are taken. */
    final int newTable() {
        return fib.newTable();
    }

    /** Frees a table with its routes; false when it must be tried again later. */
    final boolean freeTable(int table) {
        return fib.freeTable(table);
    }

    abstract RouteChange put(int table, long high, long low, int length, int nextHop, int word);

    abstract RouteChange remove(int table, long high, long low, int length);

    /** The next hop of exactly this prefix, 0 if there is no such route. */
    abstract int get(int table, long high, long low, int length);

    /** The user word of exactly this prefix, -1 if there is no such route. */
    abstract int word(int table, long high, long low, int length);

    /** Marks a route as seen in the current resynchronisation. */
    abstract void mark(int table, long high, long low, int length, int mark);

    /** The mark that routes put from now on carry. */
    final void newRouteMark(int mark) {
        fib.newRouteMark(mark);
    }

    /** Moves to the next route of a table, in order of prefixes; false at the end. */
    final boolean next(int table, RouteCursor cursor) {
        return fib.next(table, cursor);
    }

    /** The prefix a cursor stands on, as {@link #put} takes it. */
    abstract long high(RouteCursor cursor);

    abstract long low(RouteCursor cursor);

    /** The address with all bits beyond {@code length} zero. */
    abstract long maskHigh(long high, int length);

    abstract long maskLow(long low, int length);

    final long routeCount() {
        return fib.routeCount();
    }

    final long usedBytes() {
        return fib.usedBytes();
    }

    /** Frees memory whose time has come; returns the work done. */
    final int reclaim(int limit) {
        return fib.reclaim(limit);
    }
}
