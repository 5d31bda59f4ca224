package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * The next hops of a route: up to {@link #MAX} pairs of interface and gateway, with a weight each. Mutable and reusable:
 * nothing is allocated after construction. Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class NextHops {
    /** Maximum next hops of a route. */
    public static final int MAX = 128;

    /** No next hops: what a route that is not UNICAST has. */
    public static final NextHops NONE = new NextHops(0);

    private final int[] interfaceIds;
    private final long[] gatewayHighs;
    private final long[] gatewayLows;
    private final int[] weights;
    private int size;

    /** Begins empty, with room for {@link #MAX}. */
    public NextHops() {
        this(MAX);
    }

    private NextHops(int capacity) {
        interfaceIds = new int[capacity];
        gatewayHighs = new long[capacity];
        gatewayLows = new long[capacity];
        weights = new int[capacity];
    }

    /** Removes all. */
    public NextHops clear() {
        size = 0;
        return this;
    }

    /**
     * Adds one.
     *
     * @param interfaceId interface to leave by
     * @param gatewayHigh gateway, high half; 0 for IPv4, see {@link #gatewayFamily(AddressFamily, long)}
     * @param gatewayLow gateway, low half; 0/0 = the destination is on the link
     * @param weight share of the flows, 1..255
     * @throws IllegalStateException when there are {@link #MAX} already
     */
    public NextHops add(int interfaceId, long gatewayHigh, long gatewayLow, int weight) {
        if (size == interfaceIds.length) {
            throw new IllegalStateException("a route has at most " + interfaceIds.length + " next hops");
        }
        interfaceIds[size] = interfaceId;
        gatewayHighs[size] = gatewayHigh;
        gatewayLows[size] = gatewayLow;
        weights[size] = weight;
        size++;
        return this;
    }

    /** Becomes equal to another. */
    public NextHops copyFrom(NextHops other) {
        clear();
        for (int i = 0; i < other.size; i++) {
            add(other.interfaceIds[i], other.gatewayHighs[i], other.gatewayLows[i], other.weights[i]);
        }
        return this;
    }

    /** Returns how many there are, 0..{@link #MAX}. */
    public int size() {
        return size;
    }

    /** Returns the interface by which next hop {@code index} leaves. */
    public int interfaceId(int index) {
        return interfaceIds[index];
    }

    /** Returns the high half of the gateway's address. */
    public long gatewayHigh(int index) {
        return gatewayHighs[index];
    }

    /** Returns the low half of the gateway's address. */
    public long gatewayLow(int index) {
        return gatewayLows[index];
    }

    /** Returns the family of the gateway's address. */
    public AddressFamily gatewayFamily(int index, AddressFamily routeFamily) {
        return gatewayFamily(routeFamily, gatewayHighs[index]);
    }

    /**
     * Returns the family of a gateway's address: an IPv4 route may have an IPv6 gateway (RFC 8950), which has a high half, as no
     * IPv4 address has.
     */
    public static AddressFamily gatewayFamily(AddressFamily routeFamily, long gatewayHigh) {
        return gatewayHigh == 0 ? routeFamily : AddressFamily.IPV6;
    }

    /** Returns whether there is no gateway: the destination itself is on the link. */
    public boolean isOnLink(int index) {
        return (gatewayHighs[index] | gatewayLows[index]) == 0;
    }

    /** Returns the share of the flows, 1..255. */
    public int weight(int index) {
        return weights[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NextHops that && size == that.size && hasSameEntries(that);
    }

    private boolean hasSameEntries(NextHops that) {
        for (int i = 0; i < size; i++) {
            if (interfaceIds[i] != that.interfaceIds[i]
                    || gatewayHighs[i] != that.gatewayHighs[i]
                    || gatewayLows[i] != that.gatewayLows[i]
                    || weights[i] != that.weights[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + interfaceIds[i];
            hash = 31 * hash + Long.hashCode(gatewayHighs[i]);
            hash = 31 * hash + Long.hashCode(gatewayLows[i]);
            hash = 31 * hash + weights[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append("interface ")
                    .append(interfaceIds[i])
                    .append(" gateway ")
                    .append(Long.toHexString(gatewayHighs[i]))
                    .append('/')
                    .append(Long.toHexString(gatewayLows[i]))
                    .append(" weight ")
                    .append(weights[i]);
        }
        return text.append(']').toString();
    }
}
