package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.tables.RouteChange;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.code.AddressFamily;

/** IPv6 for the conductor. */
final class Ipv6RouteTable extends RouteTable {
    private static final int BITS = 128;
    private static final int HALF_BITS = 64;

    private final Ipv6Fib fib;

    Ipv6RouteTable(Ipv6Fib fib) {
        super(fib);
        this.fib = fib;
    }

    @Override
    AddressFamily family() {
        return AddressFamily.IPV6;
    }

    @Override
    int hostLength() {
        return BITS;
    }

    @Override
    RouteChange put(int table, long high, long low, int length, int nextHop, int word) {
        return fib.put(table, high, low, length, nextHop, word);
    }

    @Override
    RouteChange remove(int table, long high, long low, int length) {
        return fib.remove(table, high, low, length);
    }

    @Override
    int get(int table, long high, long low, int length) {
        return fib.get(table, high, low, length);
    }

    @Override
    int word(int table, long high, long low, int length) {
        return fib.getUser(table, high, low, length);
    }

    @Override
    void mark(int table, long high, long low, int length, int mark) {
        fib.mark(table, high, low, length, mark);
    }

    @Override
    long high(RouteCursor cursor) {
        return cursor.hi();
    }

    @Override
    long low(RouteCursor cursor) {
        return cursor.lo();
    }

    @Override
    long maskHigh(long high, int length) {
        return mask(high, Math.min(length, HALF_BITS));
    }

    @Override
    long maskLow(long low, int length) {
        return mask(low, Math.max(length - HALF_BITS, 0));
    }

    private static long mask(long half, int bits) {
        return bits == 0 ? 0 : half & (-1L << (HALF_BITS - bits));
    }
}
