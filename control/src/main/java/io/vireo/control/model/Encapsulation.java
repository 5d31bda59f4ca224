package io.vireo.control.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a tunnel wraps packets. */
public sealed interface Encapsulation {
    /** Whether Ethernet frames are wrapped, and not IP packets: then the interface has neighbours, as that of a port has. */
    default boolean carriesFrames() {
        return false;
    }

    /** In IP itself, without a header between the two (RFC 2003, RFC 2473, RFC 4213). */
    record IpIp() implements Encapsulation {}

    /**
     * In IP itself, as of a Virtual Internet: the outer header is that of a virtual link, which only the interface takes that has its
     * destination; the inner one is that of the virtual network (Virtual Internets §2.1).
     */
    record Vi() implements Encapsulation {}

    /**
     * A virtual link over a substrate link that is an IP tunnel: the identifier is all that stands before the packet, as the key of a GRE
     * header (RFC 2890), whose type says what the packet is.
     *
     * @param link the substrate link, which says between whom outer packets go.
     * @param id   which virtual link of that it is, 1 to {@link Limits#MAX_VIRTUAL_LINK_ID}.
     */
    record VirtualLink(String link, int id) implements Encapsulation {}

    /**
     * In GRE within IP (RFC 2784, RFC 2890, RFC 7676).
     *
     * @param key by which tunnels between the same addresses differ, 0 to {@link Limits#MAX_TUNNEL_KEY}; null: none, which is
     *     another tunnel than the key 0.
     * @param checksum whether packets have a checksum of all that is behind the outer header.
     * @param sequence whether packets are numbered, and older ones than the last dropped.
     * @param ethernet whether Ethernet frames are inside, and not IP packets.
     */
    record Gre(@Nullable Long key, boolean checksum, boolean sequence, boolean ethernet) implements Encapsulation {
        public Gre {
            if (key != null && (key < 0 || key > Limits.MAX_TUNNEL_KEY)) {
                throw new IllegalArgumentException("key " + key);
            }
        }

        @Override
        public boolean carriesFrames() {
            return ethernet;
        }
    }

    /**
     * Ethernet frames in VXLAN within UDP (RFC 7348).
     *
     * @param vni VXLAN network identifier, by which tunnels between the same addresses differ, 0 to {@link Limits#MAX_VNI}.
     * @param port the UDP port of both ends, 1 to {@link Limits#MAX_UDP_PORT}.
     */
    record Vxlan(int vni, int port) implements Encapsulation {
        public Vxlan {
            if (vni < 0 || vni > Limits.MAX_VNI) {
                throw new IllegalArgumentException("VNI " + vni);
            }
            if (port < 1 || port > Limits.MAX_UDP_PORT) {
                throw new IllegalArgumentException("UDP port " + port);
            }
        }

        @Override
        public boolean carriesFrames() {
            return true;
        }
    }

    /**
     * In ESP within IP, encrypted (RFC 4303). Its keys stand nowhere: the two ends' nodes are given them, or negotiate them, while they
     * run.
     *
     * @param algorithm how packets are encrypted and authenticated.
     * @param window numbers of the replay window: a power of two, {@link Limits#MIN_REPLAY_WINDOW} to {@link
     *     Limits#MAX_REPLAY_WINDOW}.
     * @param isExtended whether sequence numbers have 64 bits (ESN).
     * @param lifetime of each key; another one is due after three quarters of it.
     * @param udpPort of both ends when ESP is within UDP (RFC 3948), 1 to {@link Limits#MAX_UDP_PORT}; 0: it is not.
     * @param ike how its keys are negotiated; null: they are not, {@code vireo keys run} gives them to both ends.
     */
    record Esp(
            Algorithm algorithm,
            int window,
            boolean isExtended,
            Lifetime lifetime,
            int udpPort,
            @Nullable Ike ike) implements Encapsulation {
        /** In IP itself, with keys that are not negotiated. */
        public Esp(Algorithm algorithm, int window, boolean isExtended, Lifetime lifetime) {
            this(algorithm, window, isExtended, lifetime, 0, null);
        }

        public Esp {
            if (udpPort < 0 || udpPort > Limits.MAX_UDP_PORT) {
                throw new IllegalArgumentException("UDP port " + udpPort);
            }
            boolean isInRange = window >= Limits.MIN_REPLAY_WINDOW && window <= Limits.MAX_REPLAY_WINDOW;
            if (!isInRange || Integer.bitCount(window) != 1) {
                throw new IllegalArgumentException("window " + window);
            }
        }

        /** A cipher, by the name it has in the document. */
        public enum Algorithm {
            AES_GCM_128("aes-gcm-128", 16),
            AES_GCM_256("aes-gcm-256", 32),
            CHACHA20_POLY1305("chacha20-poly1305", 32);

            private final String text;
            private final int keyBytes;

            Algorithm(String text, int keyBytes) {
                this.text = text;
                this.keyBytes = keyBytes;
            }

            public int keyBytes() {
                return keyBytes;
            }

            @Override
            public String toString() {
                return text;
            }
        }

        /**
         * How much a key may be used, in each direction.
         *
         * @param packets sent or accepted by it.
         * @param bytes of packets inside.
         * @param seconds since it was made.
         */
        public record Lifetime(long packets, long bytes, int seconds) {
            /** Eight hours, however much is sent in them. */
            public static final Lifetime DEFAULT = new Lifetime(Long.MAX_VALUE, Long.MAX_VALUE, 8 * 60 * 60);
        }
    }

    /**
     * In IPv4 with the VPN-ID in an option of its header (VNS).
     *
     * @param vpnId by which tunnels between the same addresses differ, {@link Limits#MIN_VPN_ID} to {@link Limits#MAX_VPN_ID}; null:
     *     that of the VPN that the interface is of.
     * @param option which option it is.
     * @param flowId whether the option identifies the flow inside, too.
     */
    record Vns(@Nullable Long vpnId, VpnIdEncoding option, boolean flowId) implements Encapsulation {
        public Vns {
            if (vpnId != null && (vpnId < Limits.MIN_VPN_ID || vpnId > Limits.MAX_VPN_ID)) {
                throw new IllegalArgumentException("VPN-ID " + vpnId);
            }
        }
    }

    /**
     * Behind a label (RFC 3032), which stands in another header within IP, or on the link itself.
     *
     * @param over what that header is, if there is one.
     * @param outLabel of the packets that leave, {@link Limits#MIN_LABEL} to {@link Limits#MAX_LABEL}: the far end's choice.
     * @param inLabel of the packets that come, in the same range: by which tunnels between the same addresses differ.
     */
    record Mpls(Carrier over, int outLabel, int inLabel) implements Encapsulation {
        public Mpls {
            for (int label : new int[] {outLabel, inLabel}) {
                if (label < Limits.MIN_LABEL || label > Limits.MAX_LABEL) {
                    throw new IllegalArgumentException("label " + label);
                }
            }
        }

        /** What stands before the label, by the name it has in the document. */
        public enum Carrier {
            /** RFC 4023 §3.2. */
            GRE("gre", 4),
            /** RFC 7510. */
            UDP("udp", 8),
            /** Nothing, and no outer IP header: a label on the link itself (RFC 3032). */
            ETHERNET("ethernet", 0);

            private final String text;
            private final int headerBytes;

            Carrier(String text, int headerBytes) {
                this.text = text;
                this.headerBytes = headerBytes;
            }

            /** Returns how many bytes it has. */
            public int headerBytes() {
                return headerBytes;
            }

            /** Reads what {@link #toString} gives. */
            public static Carrier parse(String text) {
                return Arrays.stream(values())
                        .filter(carrier -> carrier.text.equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                                + Arrays.stream(values()).map(Carrier::toString).collect(Collectors.joining(", "))));
            }

            @Override
            public String toString() {
                return text;
            }
        }
    }
}
