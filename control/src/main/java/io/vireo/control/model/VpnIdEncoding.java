package io.vireo.control.model;

/** Which IPv4 option carries a VPN-ID. */
public enum VpnIdEncoding {
    /** The stream identifier (RFC 791 §3.1): 16 bits. */
    STREAM_ID("stream-id", 0xFFFF),
    /** An experimental option (RFC 4727 §2): 32 bits. */
    EXPERIMENTAL("experimental", Limits.MAX_VPN_ID);

    private final String text;
    private final long maxVpnId;

    VpnIdEncoding(String text, long maxVpnId) {
        this.text = text;
        this.maxVpnId = maxVpnId;
    }

    /** Returns the largest VPN-ID that it has room for. */
    public long maxVpnId() {
        return maxVpnId;
    }

    /** Reads what {@link #toString} gives. */
    public static VpnIdEncoding parse(String text) {
        for (VpnIdEncoding option : values()) {
            if (option.text.equals(text)) {
                return option;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither " + STREAM_ID + " nor " + EXPERIMENTAL);
    }

    /** Returns its name in a document. */
    @Override
    public String toString() {
        return text;
    }
}
