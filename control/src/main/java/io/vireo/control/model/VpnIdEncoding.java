package io.vireo.control.model;

import org.jspecify.annotations.Nullable;

/** Which IPv4 option carries a VPN-ID. */
public enum VpnIdEncoding {
    /** The stream identifier (RFC 791 §3.1): 16 bits. */
    STREAM_ID("stream-id", 4, 0xFFFF),
    /** An experimental option (RFC 4727 §2): 32 bits. */
    EXPERIMENTAL("experimental", 8, Limits.MAX_VPN_ID);

    private final String text;
    private final int headerBytes;
    private final long maxVpnId;

    VpnIdEncoding(String text, int headerBytes, long maxVpnId) {
        this.text = text;
        this.headerBytes = headerBytes;
        this.maxVpnId = maxVpnId;
    }

    /** Returns how many bytes of an IPv4 header it takes, with its padding. */
    public int headerBytes() {
        return headerBytes;
    }

    /** Returns why it has no room for a VPN-ID, or null. */
    public @Nullable String refusalOf(long vpnId) {
        return vpnId <= maxVpnId
                ? null
                : "VPN-ID " + vpnId + " does not fit into " + this + ", which ends at " + maxVpnId + "; it needs "
                        + EXPERIMENTAL;
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
