package io.vireo.bench.forward;

import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;

/** Decodes what Vireo sent, and holds it against what it was to send. */
final class ForwardedFrames {
    private static final long MAC_MASK = 0xFFFF_FFFF_FFFFL;
    private static final int TAGGED_HEADER_BYTES = 18;
    private static final int IPV4_HOP_LIMIT = 8;
    private static final int IPV6_HOP_LIMIT = 7;

    private final Topology topology;
    private final NeighbourOracle routes;

    ForwardedFrames(Topology topology, Collection<WorkloadRoute> routes) {
        this.topology = topology;
        this.routes = new NeighbourOracle(routes);
    }

    /**
     * Looks at a frame: MAC addresses, VLAN, hop limit, header checksum, and that it goes where the longest prefix says.
     *
     * @param port the port it left by
     * @throws NotMeasuredException when something is wrong with it
     */
    void check(int port, byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        require(
                bytes.length >= TAGGED_HEADER_BYTES && type(frame, 12) == FlowFrames.ETHERTYPE_VLAN,
                "no VLAN tag",
                bytes);
        int router = topology.routerSending(port, type(frame, 14));
        require(topology.egressVlan(router) == type(frame, 14), "a wrong VLAN", bytes);
        require((frame.getLong(6) >>> 16 & MAC_MASK) == FlowFrames.ROUTER_MAC, "a wrong source MAC", bytes);
        int neighbour =
                type(frame, 16) == FlowFrames.ETHERTYPE_IPV4 ? ipv4(frame, router, bytes) : ipv6(frame, router, bytes);
        require(neighbour >= 0, "no route", bytes);
        require((frame.getLong(0) >>> 16) == Topology.NEIGHBOUR_MAC + neighbour, "a wrong neighbour", bytes);
    }

    private int ipv4(ByteBuffer frame, int router, byte[] bytes) {
        int start = TAGGED_HEADER_BYTES;
        require(frame.get(start + IPV4_HOP_LIMIT) == FlowFrames.HOP_LIMIT - 1, "a wrong TTL", bytes);
        require(FlowFrames.sum(frame, start) == 0xffff, "a wrong checksum", bytes);
        return routes.neighbour(router, AddressFamily.IPV4, 0, Integer.toUnsignedLong(frame.getInt(start + 16)));
    }

    private int ipv6(ByteBuffer frame, int router, byte[] bytes) {
        int start = TAGGED_HEADER_BYTES;
        require(type(frame, 16) == FlowFrames.ETHERTYPE_IPV6, "an unknown type", bytes);
        require(frame.get(start + IPV6_HOP_LIMIT) == FlowFrames.HOP_LIMIT - 1, "a wrong hop limit", bytes);
        return routes.neighbour(router, AddressFamily.IPV6, frame.getLong(start + 24), frame.getLong(start + 32));
    }

    private static int type(ByteBuffer frame, int offset) {
        return Short.toUnsignedInt(frame.getShort(offset));
    }

    private static void require(boolean isRight, String fault, byte[] frame) {
        if (!isRight) {
            throw new NotMeasuredException("vireo sent a frame with " + fault + ": " + Arrays.toString(frame));
        }
    }
}
