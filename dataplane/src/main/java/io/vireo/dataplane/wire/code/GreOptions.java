package io.vireo.dataplane.wire.code;

/** Which optional fields the GRE header of a tunnel has, as bits (RFC 2784 §2.1, RFC 2890 §2), and what is inside. */
public final class GreOptions {
    /** Four bytes of header, and nothing to check. */
    public static final int NONE = 0;

    /** A key, by which tunnels between the same addresses differ. */
    public static final int KEY = 1;

    /** A checksum of header and packet. */
    public static final int CHECKSUM = 2;

    /** A number by which the far end knows older packets from newer ones. */
    public static final int SEQUENCE = 4;

    /** Ethernet frames are inside, where IP packets are without it. No field of the header, but as much part of the tunnel. */
    public static final int ETHERNET = 8;

    private GreOptions() {}
}
