package io.vireo.dataplane.wire.layout;

import io.vireo.dataplane.wire.sbe.AddPortDecoder;

/** Sizes of the Ethernet frames that travel in the rings: untagged, without frame check sequence. */
public final class FrameLimits {
    /** Shortest: destination, source and EtherType (IEEE 802.3 3.2). Padding to 60 bytes is the device's business. */
    public static final int MIN_BYTES = 14;

    /** Longest: an IP packet of {@link #MAX_MTU} with its Ethernet header, and room for a tag or two, rounded up. */
    public static final int MAX_BYTES = 9728;

    /** Smallest MTU: every IPv4 module forwards 68 bytes (RFC 791 3.2). */
    public static final int MIN_MTU = AddPortDecoder.mtuMinValue();

    /** Largest MTU, in bytes of IP packet: what common NICs take. */
    public static final int MAX_MTU = AddPortDecoder.mtuMaxValue();

    private FrameLimits() {}

    /** Returns whether a frame of this length may travel in a ring from control. */
    public static boolean isValidLength(int bytes) {
        return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
    }
}
