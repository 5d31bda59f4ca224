package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Change;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.AddressFamily;

/**
 * The forwarding tables of one address family, as the conductor needs them: a table per virtual router, prefixes as two longs
 * (IPv4 in the low one). A route's value is its next-hop index, its user word is laid out by {@link RouteWord}.
 */
interface RouteTable {
    AddressFamily family();

    /** Length of a host's prefix, bits. */
    int hostLength();

    /** Makes an empty table; -1 when all are taken. */
    int newTable();

    /** Frees a table with its routes; false when it must be tried again later. */
    boolean freeTable(int table);

    Change put(int table, long high, long low, int length, int nextHop, int word);

    Change remove(int table, long high, long low, int length);

    /** The next hop of exactly this prefix, 0 if there is no such route. */
    int get(int table, long high, long low, int length);

    /** The user word of exactly this prefix, -1 if there is no such route. */
    int word(int table, long high, long low, int length);

    /** Marks a route as seen in the current resynchronisation. */
    void mark(int table, long high, long low, int length, int mark);

    /** The mark that routes put from now on carry. */
    void newRouteMark(int mark);

    /** Moves to the next route of a table, in order of prefixes; false at the end. */
    boolean next(int table, RouteCursor cursor);

    /** The prefix a cursor stands on, as {@link #put} takes it. */
    long high(RouteCursor cursor);

    long low(RouteCursor cursor);

    /** The address with all bits beyond {@code length} zero. */
    long maskHigh(long high, int length);

    long maskLow(long low, int length);

    long routeCount();

    long usedBytes();

    /** Frees memory whose time has come; returns the work done. */
    int reclaim(int limit);
}
