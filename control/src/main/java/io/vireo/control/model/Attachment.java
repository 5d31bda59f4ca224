package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/**
 * What an interface is attached to. Here are the facts that the rest of control plans by; how a kind is read, written,
 * checked, programmed and shown is in its folder below {@code io.vireo.control.model.attachment}.
 */
public sealed interface Attachment {
    /** The port by which its packets leave the node, or null when they leave by none of its own. */
    @Nullable
    String port();

    /** Where its packets go once they are wrapped, or null when they are not. */
    default @Nullable FarEnd farEnd() {
        return null;
    }

    /** Whether packets go in and out by it, so that it has a number in the data plane. */
    default boolean carriesPackets() {
        return true;
    }

    /** Whether it has a device in Linux, for what its router's kernel sends and receives. */
    default boolean hasDevice() {
        return carriesPackets();
    }

    /** Whether who is behind it is asked for its Ethernet address (ARP, NDP). */
    boolean resolvesNeighbours();

    /**
     * The other end of a tunnel.
     *
     * @param underlay the router of this node that forwards the outer packets.
     * @param address  their destination.
     */
    record FarEnd(RouterPath underlay, IpAddress address) {}

    /**
     * A port, or one VLAN of it; of either all that others leave, or only the packets that say the VPN-ID of the interface's VPN, or that
     * the members of another interface there leave to it.
     *
     * @param port the port's name.
     * @param vlan VLAN identifier, or 0 for untagged frames.
     * @param vpnId the option that says the VPN-ID in what leaves; what comes in may say it by any. Null: no packet says it.
     * @param isShared whether the {@link Members} of another interface say which packets come in by it.
     * @param mpls whether packets with MPLS labels may come in.
     */
    record Access(String port, int vlan, @Nullable VpnIdEncoding vpnId, boolean isShared, boolean mpls)
            implements Attachment {
        /** Whatever VPN-ID packets say, and without labels. */
        public Access(String port, int vlan) {
            this(port, vlan, null);
        }

        /** Of packets that say the VPN-ID, or of all, without labels. */
        public Access(String port, int vlan, @Nullable VpnIdEncoding vpnId) {
            this(port, vlan, vpnId, false, false);
        }

        /** Whether all packets come in by it that are no other interface's. */
        public boolean takesAll() {
            return vpnId == null && !isShared;
        }

        @Override
        public boolean resolvesNeighbours() {
            return true;
        }
    }

    /** Nothing: the addresses are the router's own. */
    record Loopback() implements Attachment {
        @Override
        public @Nullable String port() {
            return null;
        }

        @Override
        public boolean carriesPackets() {
            return false;
        }

        @Override
        public boolean resolvesNeighbours() {
            return false;
        }
    }

    /**
     * An interface of another virtual router of the same VPN on this node.
     *
     * @param peerRouter    name of that router.
     * @param peerInterface name of that interface.
     */
    record LinkEnd(String peerRouter, String peerInterface) implements Attachment {
        @Override
        public @Nullable String port() {
            return null;
        }

        @Override
        public boolean resolvesNeighbours() {
            return true;
        }
    }

    /**
     * A virtual link in frames of a port, with no IP underneath.
     *
     * @param link      the substrate link that carries it.
     * @param etherType of its frames.
     * @param id        which virtual link of that it is, 1 to {@link Limits#MAX_VIRTUAL_LINK_ID}.
     * @param peerMac   the far end's address; that of the substrate link, if it has one.
     */
    record VirtualLink(SubstrateLink link, int etherType, int id, MacAddress peerMac) implements Attachment {
        @Override
        public String port() {
            return link.port();
        }

        /** Whatever the next hop, the far end gets it. */
        @Override
        public boolean resolvesNeighbours() {
            return false;
        }
    }

    /**
     * An end of a virtual link that only crosses the node.
     *
     * @param link      the virtual link on this side.
     * @param otherEnd  name of the end by which what comes in leaves.
     */
    record Crossing(VirtualLink link, String otherEnd) implements Attachment {
        @Override
        public String port() {
            return link.port();
        }

        /** No kernel has anything to do with it. */
        @Override
        public boolean hasDevice() {
            return false;
        }

        @Override
        public boolean resolvesNeighbours() {
            return false;
        }
    }

    /**
     * A tunnel: packets are wrapped and forwarded by another virtual router of this node, perhaps of another VPN.
     *
     * @param encapsulation how they are wrapped.
     * @param underlay      the router that forwards the outer packets.
     * @param local         source of the outer packets, an address of the underlay router.
     * @param remote        destination of the outer packets, of the same family.
     * @param hopLimit      hop limit or TTL of the outer packets, 1 to 255; of no meaning where that is uniform.
     * @param modes         how outer header and packets inside depend on each other.
     * @param keepalive     how it finds out whether its far end answers, or null: it does not.
     */
    record Tunnel(
            Encapsulation encapsulation,
            RouterPath underlay,
            IpAddress local,
            IpAddress remote,
            int hopLimit,
            HeaderModes modes,
            @Nullable Keepalive keepalive)
            implements Attachment {
        /** Without keepalives. */
        public Tunnel(
                Encapsulation encapsulation,
                RouterPath underlay,
                IpAddress local,
                IpAddress remote,
                int hopLimit,
                HeaderModes modes) {
            this(encapsulation, underlay, local, remote, hopLimit, modes, null);
        }

        @Override
        public FarEnd farEnd() {
            return new FarEnd(underlay, remote);
        }

        @Override
        public @Nullable String port() {
            return null;
        }

        /** Unless frames are wrapped: whatever the next hop, the far end gets the packet. */
        @Override
        public boolean resolvesNeighbours() {
            return encapsulation.carriesFrames();
        }
    }
}
