package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.wire.layout.SharedLayout;

/**
 * How much of the routers' own network control may leave a port before everything else: so much per interface, so that no tenant
 * uses up another's, and so much per port, so that all together do not disturb its guarantees. Token buckets of bytes on the
 * wire, as theoretical arrival times (ITU-T I.371 Annex A). Single user: the worker that sends for the ports.
 *
 * <p>RFC 4594 §3.1 gives network control its own forwarding; RFC 6192 wants what a tenant may cause to be bounded.
 */
final class OwnControlBounds {
    /** Part of the port's rate that one interface may use, at least {@link #MIN_INTERFACE_BITS_PER_SECOND}. */
    private static final int INTERFACE_DIVISOR = 200;

    /** Part of its rate that all interfaces of a port may use together, at least {@link #MIN_PORT_BITS_PER_SECOND}. */
    private static final int PORT_DIVISOR = 50;

    /** Some 75 ARP packets a second. */
    private static final long MIN_INTERFACE_BITS_PER_SECOND = 64_000;

    private static final long MIN_PORT_BITS_PER_SECOND = 128_000;

    /** What a port is taken for that is not shaped. */
    private static final long UNSHAPED_BITS_PER_SECOND = 1_000_000_000;

    /** Ten full frames: a database exchange of OSPF, a table of BGP begins. */
    private static final int INTERFACE_BURST_BYTES = 16 << 10;

    private static final int PORT_BURST_BYTES = 32 << 10;

    /** Preamble, frame check sequence and gap: close enough for a bound. */
    private static final int WIRE_OVERHEAD_BYTES = 24;

    private static final long BIT_NS_PER_BYTE = 8 * 1_000_000_000L;

    private final long[] interfaces;
    private final long[] ports = new long[SharedLayout.MAX_PORTS];

    OwnControlBounds(int maxInterfaces) {
        interfaces = new long[maxInterfaces];
    }

    /**
     * Whether one more frame is within the bounds; then it has been charged.
     *
     * @param portBitsPerSecond what the port is shaped to; 0 = it is not.
     */
    boolean conforms(int port, int interfaceId, int frameBytes, long portBitsPerSecond, long nowNs) {
        long rate = portBitsPerSecond == 0 ? UNSHAPED_BITS_PER_SECOND : portBitsPerSecond;
        long interfaceRate = Math.max(MIN_INTERFACE_BITS_PER_SECOND, rate / INTERFACE_DIVISOR);
        long portRate = Math.max(MIN_PORT_BITS_PER_SECOND, rate / PORT_DIVISOR);
        long wireBitNs = (frameBytes + WIRE_OVERHEAD_BYTES) * BIT_NS_PER_BYTE;
        long interfaceStart = Math.max(interfaces[interfaceId], nowNs);
        long portStart = Math.max(ports[port], nowNs);
        if (interfaceStart - nowNs > INTERFACE_BURST_BYTES * BIT_NS_PER_BYTE / interfaceRate
                || portStart - nowNs > PORT_BURST_BYTES * BIT_NS_PER_BYTE / portRate) {
            return false;
        }
        interfaces[interfaceId] = interfaceStart + wireBitNs / interfaceRate;
        ports[port] = portStart + wireBitNs / portRate;
        return true;
    }
}
