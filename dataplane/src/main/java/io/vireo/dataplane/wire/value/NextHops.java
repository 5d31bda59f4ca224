package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.AddressFamily;

/**
 * The next hops of a route: up to {@link #MAX} pairs of interface and gateway, a weight each, and perhaps labels. Mutable and reusable:
 * nothing is allocated after construction. Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class NextHops {
    /** Maximum next hops of a route. */
    public static final int MAX = 128;

    /** Maximum labels of a next hop. */
    public static final int MAX_LABELS = 8;

    /** Maximum labels of all next hops of a route together. */
    public static final int MAX_TOTAL_LABELS = MAX * MAX_LABELS;

    /** The TTL of a label that has the packet's (RFC 3443 §3.1). */
    public static final int UNIFORM_TTL = 0;

    private static final int LABEL_SHIFT = 12;
    private static final int TTL_MASK = 0xff;

    /** No next hops: what a route that is not UNICAST has. */
    public static final NextHops NONE = new NextHops(0);

    private final int[] interfaceIds;
    private final long[] gatewayHighs;
    private final long[] gatewayLows;
    private final int[] weights;
    private final int[] labels;
    private final int[] labelCounts;
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
        labels = new int[capacity * MAX_LABELS];
        labelCounts = new int[capacity];
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
        labelCounts[size] = 0;
        size++;
        return this;
    }

    /**
     * Has packets leave by the next hop that was added last with a label more, under those that it has.
     *
     * @param label 20 bits
     * @param ttl 1..255, or {@link #UNIFORM_TTL}
     * @throws IllegalStateException when there is no next hop, or it has {@link #MAX_LABELS}
     */
    public NextHops push(int label, int ttl) {
        return push(size - 1, label, ttl);
    }

    /** As {@link #push(int, int)}, by next hop {@code index}. */
    public NextHops push(int index, int label, int ttl) {
        if (!hasRoom(index)) {
            throw new IllegalStateException("no next hop, or one with " + MAX_LABELS + " labels already");
        }
        labels[index * MAX_LABELS + labelCounts[index]++] = label << LABEL_SHIFT | (ttl & TTL_MASK);
        return this;
    }

    /** Returns whether next hop {@code index} is there, and may have a label more. */
    public boolean hasRoom(int index) {
        return index >= 0 && index < size && labelCounts[index] < MAX_LABELS;
    }

    /** As {@link #push(int, int)}, of an entry as of {@link #labelEntry}. */
    public NextHops pushEntry(int entry) {
        return push(entry >>> LABEL_SHIFT, entry & TTL_MASK);
    }

    /** Gives the next hop that was added last the labels of another's. */
    public NextHops pushAllOf(NextHops other, int index) {
        for (int n = 0; n < other.labelCounts[index]; n++) {
            push(other.label(index, n), other.labelTtl(index, n));
        }
        return this;
    }

    /** Becomes equal to another. */
    public NextHops copyFrom(NextHops other) {
        clear();
        for (int i = 0; i < other.size; i++) {
            add(other.interfaceIds[i], other.gatewayHighs[i], other.gatewayLows[i], other.weights[i]);
            pushAllOf(other, i);
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

    /** Returns with how many labels packets leave, 0..{@link #MAX_LABELS}. */
    public int labelCount(int index) {
        return labelCounts[index];
    }

    /** Returns one of these labels with its TTL, each where an entry of a stack has it; the outermost is 0. */
    public int labelEntry(int index, int place) {
        return labels[index * MAX_LABELS + place];
    }

    /** Returns one of these labels, the outermost is 0. */
    public int label(int index, int place) {
        return labelEntry(index, place) >>> LABEL_SHIFT;
    }

    /** Returns the TTL of one of these labels, or {@link #UNIFORM_TTL}. */
    public int labelTtl(int index, int place) {
        return labelEntry(index, place) & TTL_MASK;
    }

    /** Returns how many labels all next hops have together. */
    public int totalLabels() {
        int total = 0;
        for (int i = 0; i < size; i++) {
            total += labelCounts[i];
        }
        return total;
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
                    || weights[i] != that.weights[i]
                    || !hasSameLabels(that, i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasSameLabels(NextHops that, int index) {
        boolean isSame = labelCounts[index] == that.labelCounts[index];
        for (int n = 0; n < labelCounts[index] && isSame; n++) {
            isSame = labelEntry(index, n) == that.labelEntry(index, n);
        }
        return isSame;
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + interfaceIds[i];
            hash = 31 * hash + Long.hashCode(gatewayHighs[i]);
            hash = 31 * hash + Long.hashCode(gatewayLows[i]);
            hash = 31 * hash + weights[i];
            for (int n = 0; n < labelCounts[i]; n++) {
                hash = 31 * hash + labelEntry(i, n);
            }
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
            for (int n = 0; n < labelCounts[i]; n++) {
                text.append(n == 0 ? " labels " : "/")
                        .append(label(i, n))
                        .append(':')
                        .append(labelTtl(i, n));
            }
        }
        return text.append(']').toString();
    }
}
