package io.vireo.dataplane.tables;

/**
 * A place in the order (address, length) of a table's routes, and the route found there. It holds a prefix, no
 * reference, so anything may change between two steps. Reused; used by one thread.
 */
public final class RouteCursor {
    private boolean isStarted;
    private long hi;
    private long lo;
    private int length;
    private int value;
    private int user;
    private int mark;

    /** Goes back before the first route. */
    public RouteCursor reset() {
        isStarted = false;
        return this;
    }

    boolean isStarted() {
        return isStarted;
    }

    void set(Rib rib, long node) {
        isStarted = true;
        hi = rib.hi(node);
        lo = rib.lo(node);
        length = rib.length(node);
        value = rib.value(node);
        user = rib.user(node);
        mark = rib.mark(node);
    }

    /** The prefix of an IPv4 route. */
    public int address() {
        return (int) (hi >>> Integer.SIZE);
    }

    /** The upper half of an IPv6 route's prefix. */
    public long hi() {
        return hi;
    }

    /** The lower half of an IPv6 route's prefix. */
    public long lo() {
        return lo;
    }

    /** The prefix length in bits. */
    public int length() {
        return length;
    }

    public int value() {
        return value;
    }

    public int user() {
        return user;
    }

    public int mark() {
        return mark;
    }
}
