package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.InternetChecksum;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes what Vireo sent, and holds it against what it was to send. */
final class ForwardedFrames {
    private static final long MAC_MASK = 0xFFFF_FFFF_FFFFL;

    private final Topology topology;
    private final NeighbourOracle routes;
    private final Tunnelling tunnelling;
    private final Set<ByteBuffer> packets;

    /** @param sizes lengths of the frames that were offered */
    ForwardedFrames(Workload workload, FrameSizes sizes) {
        this.topology = workload.topology();
        this.routes = new NeighbourOracle(workload.routes());
        this.tunnelling = workload.tunnelling();
        this.packets = workload.forwardedPackets(sizes);
    }

    /**
     * Looks at a frame: MAC addresses, VLAN, hop limit, header checksum, that it goes where the longest prefix says, all that a
     * tunnel put around the packet, and that the packet is one of those that were offered, unchanged but for its hop limit.
     *
     * @param port the port it left by
     * @throws NotMeasuredException when something is wrong with it
     */
    void check(int port, byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        require(
                bytes.length > FlowFrames.TAGGED_HEADER_BYTES && type(frame, 12) == FlowFrames.ETHERTYPE_VLAN,
                "no VLAN tag",
                bytes);
        int router = topology.routerSending(port, type(frame, 14));
        require(topology.egressVlan(router) == type(frame, 14), "a wrong VLAN", bytes);
        require((frame.getLong(6) >>> 16 & MAC_MASK) == FlowFrames.ROUTER_MAC, "a wrong source MAC", bytes);
        int neighbour = neighbour(frame, router, bytes);
        require(neighbour >= 0, "no route", bytes);
        require((frame.getLong(0) >>> 16) == Topology.NEIGHBOUR_MAC + neighbour, "a wrong neighbour", bytes);
        byte[] packet = packet(type(frame, 16), bytes);
        require(
                packets.contains(ByteBuffer.wrap(packet)) || tunnelling.isOwn(packet),
                "a packet that was not offered",
                bytes);
    }

    /** The forwarded packet, without what a tunnel put around it. */
    private byte[] packet(int etherType, byte[] frame) {
        try {
            byte[] content = Arrays.copyOfRange(frame, FlowFrames.TAGGED_HEADER_BYTES, frame.length);
            return tunnelling.forwarded(new Payload(etherType, content));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage(), frame);
        }
    }

    /** Whom a frame goes to; of a packet of IP the header is looked at. */
    private int neighbour(ByteBuffer frame, int router, byte[] bytes) {
        int etherType = type(frame, 16);
        boolean isByRoute = tunnelling.neighbour() == Tunnelling.BY_ROUTE;
        if (etherType != Payload.ETHERTYPE_IPV4 && etherType != Payload.ETHERTYPE_IPV6) {
            require(!isByRoute, "an unknown type", bytes);
            return tunnelling.neighbour();
        }
        int byRoute = etherType == Payload.ETHERTYPE_IPV4 ? ipv4(frame, router, bytes) : ipv6(frame, router, bytes);
        return isByRoute ? byRoute : tunnelling.neighbour();
    }

    private int ipv4(ByteBuffer frame, int router, byte[] bytes) {
        int start = FlowFrames.TAGGED_HEADER_BYTES;
        require(frame.get(start + FlowFrames.IPV4_HOP_LIMIT) == tunnelling.sentHopLimit(), "a wrong TTL", bytes);
        int headerBytes = (frame.get(start) & 0xf) * Integer.BYTES;
        require(headerBytes <= bytes.length - start, "a wrong header length", bytes);
        int sum = InternetChecksum.sum(frame, start, headerBytes);
        require(sum == InternetChecksum.RIGHT, "a wrong checksum", bytes);
        return routes.neighbour(router, AddressFamily.IPV4, 0, Integer.toUnsignedLong(frame.getInt(start + 16)));
    }

    private int ipv6(ByteBuffer frame, int router, byte[] bytes) {
        int start = FlowFrames.TAGGED_HEADER_BYTES;
        require(frame.get(start + FlowFrames.IPV6_HOP_LIMIT) == tunnelling.sentHopLimit(), "a wrong hop limit", bytes);
        return routes.neighbour(router, AddressFamily.IPV6, frame.getLong(start + 24), frame.getLong(start + 32));
    }

    private static int type(ByteBuffer frame, int offset) {
        return Short.toUnsignedInt(frame.getShort(offset));
    }

    private static void require(boolean isRight, String fault, byte[] frame) {
        if (!isRight) {
            throw wrong(fault, frame);
        }
    }

    private static NotMeasuredException wrong(@Nullable String fault, byte[] frame) {
        return new NotMeasuredException("vireo sent a frame with " + fault + ": " + Arrays.toString(frame));
    }
}
