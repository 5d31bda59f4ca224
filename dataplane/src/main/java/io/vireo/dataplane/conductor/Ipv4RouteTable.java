package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Change;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.AddressFamily;

/** IPv4 for the conductor. */
final class Ipv4RouteTable implements RouteTable {
    private static final int BITS = 32;
    private static final long ADDRESS_MASK = 0xffff_ffffL;

    private final Ipv4Fib fib;

    Ipv4RouteTable(final Ipv4Fib fib) {
        this.fib = fib;
    }

    @Override
    public AddressFamily family() {
        return AddressFamily.IPV4;
    }

    @Override
    public int hostLength() {
        return BITS;
    }

    @Override
    public int newTable() {
        return fib.newTable();
    }

    @Override
    public boolean freeTable(final int table) {
        return fib.freeTable(table);
    }

    @Override
    public Change put(
            final int table, final long high, final long low, final int length, final int nextHop, final int word) {
        return fib.put(table, (int) low, length, nextHop, word);
    }

    @Override
    public Change remove(final int table, final long high, final long low, final int length) {
        return fib.remove(table, (int) low, length);
    }

    @Override
    public int get(final int table, final long high, final long low, final int length) {
        return fib.get(table, (int) low, length);
    }

    @Override
    public int word(final int table, final long high, final long low, final int length) {
        return fib.getUser(table, (int) low, length);
    }

    @Override
    public void mark(final int table, final long high, final long low, final int length, final int mark) {
        fib.mark(table, (int) low, length, mark);
    }

    @Override
    public void newRouteMark(final int mark) {
        fib.newRouteMark(mark);
    }

    @Override
    public boolean next(final int table, final RouteCursor cursor) {
        return fib.next(table, cursor);
    }

    @Override
    public long high(final RouteCursor cursor) {
        return 0;
    }

    @Override
    public long low(final RouteCursor cursor) {
        return cursor.address() & ADDRESS_MASK;
    }

    @Override
    public long maskHigh(final long high, final int length) {
        return 0;
    }

    @Override
    public long maskLow(final long low, final int length) {
        return length == 0 ? 0 : low & (ADDRESS_MASK << (BITS - length));
    }

    @Override
    public long routeCount() {
        return fib.routeCount();
    }

    @Override
    public long usedBytes() {
        return fib.usedBytes();
    }

    @Override
    public int reclaim(final int limit) {
        return fib.reclaim(limit);
    }
}
