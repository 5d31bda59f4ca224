package io.vireo.dataplane.conductor;

import io.vireo.dataplane.tables.Change;
import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.tables.RouteCursor;
import io.vireo.dataplane.wire.AddressFamily;

/** IPv6 for the conductor. */
final class Ipv6RouteTable extends RouteTable {
    private static final int BITS = 128;
    private static final int HALF_BITS = 64;

    private final Ipv6Fib fib;

    Ipv6RouteTable(final Ipv6Fib fib) {
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
    Change put(final int table, final long high, final long low, final int length, final int nextHop, final int word) {
        return fib.put(table, high, low, length, nextHop, word);
    }

    @Override
    Change remove(final int table, final long high, final long low, final int length) {
        return fib.remove(table, high, low, length);
    }

    @Override
    int get(final int table, final long high, final long low, final int length) {
        return fib.get(table, high, low, length);
    }

    @Override
    int word(final int table, final long high, final long low, final int length) {
        return fib.getUser(table, high, low, length);
    }

    @Override
    void mark(final int table, final long high, final long low, final int length, final int mark) {
        fib.mark(table, high, low, length, mark);
    }

    @Override
    long high(final RouteCursor cursor) {
        return cursor.hi();
    }

    @Override
    long low(final RouteCursor cursor) {
        return cursor.lo();
    }

    @Override
    long maskHigh(final long high, final int length) {
        return mask(high, Math.min(length, HALF_BITS));
    }

    @Override
    long maskLow(final long low, final int length) {
        return mask(low, Math.max(length - HALF_BITS, 0));
    }

    private static long mask(final long half, final int bits) {
        return bits == 0 ? 0 : half & (-1L << (HALF_BITS - bits));
    }
}
