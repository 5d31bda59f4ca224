package io.vireo.dataplane.wire.code;

/** Which option of the outer IPv4 header carries the VPN-ID of a tunnel. */
public final class VnsOption {
    /** What a tunnel has that is not VNS. */
    public static final int NONE = 0;

    /** The stream identifier (RFC 791 §3.1, option 136): 16 bits, 4 bytes of header. */
    public static final int STREAM_ID = 1;

    /** An experimental option (RFC 4727 §2, option 158): 32 bits, 8 bytes of header. */
    public static final int EXPERIMENTAL = 2;

    /** The experimental option with 16 bits that identify the flow inside, in the same 8 bytes. */
    public static final int EXPERIMENTAL_WITH_FLOW = 3;

    /**
     * Of an ACCESS interface: none in what leaves. What comes in is found by the list of members of the interface whose port and VLAN it
     * shares, or says the VPN-ID by any option, if that list allows it.
     */
    public static final int SHARED = 4;

    /** The largest VPN-ID that the stream identifier has room for. */
    public static final int MAX_STREAM_ID = 0xffff;

    private VnsOption() {}
}
