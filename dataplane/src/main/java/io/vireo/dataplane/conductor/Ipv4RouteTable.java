package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.AddressFamily;

/** IPv4 for the conductor. */
final class Ipv4RouteTable extends RouteTable {
    private static final int BITS = 32;
    private static final long ADDRESS_MASK = 0xffff_ffffL;

    private final Ipv4Fib fib;

    Ipv4RouteTable(Ipv4Fib fib) {
        super(fib);
        this.fib = fib;
    }

    @Override
    AddressFamily family() {
        return AddressFamily.IPV4;
    }

    @Override
    int hostLength() {
        return BITS;
    }

    @Override
    RouteChange put(int table, long high, long low, int length, int nextHop, int word) {
        return fib.put(table, (int) low, length, nextHop, word);
    }

    @Override
    RouteChange remove(int table, long high, long low, int length) {
        return fib.remove(table, (int) low, length);
    }

    @Override
    int get(int table, long high, long low, int length) {
        return fib.get(table, (int) low, length);
    }

    @Override
    int word(int table, long high, long low, int length) {
        return fib.getUser(table, (int) low, length);
    }

    @Override
    void mark(int table, long high, long low, int length, int mark) {
        fib.mark(table, (int) low, length, mark);
    }

    @Override
    long high(RouteCursor cursor) {
        return 0;
    }

    @Override
    long low(RouteCursor cursor) {
        return cursor.address() & ADDRESS_MASK;
    }

    @Override
    long maskHigh(long high, int length) {
        return 0;
    }

    @Override
    long maskLow(long low, int length) {
        return length == 0 ? 0 : low & (ADDRESS_MASK << (BITS - length));
    }
}
