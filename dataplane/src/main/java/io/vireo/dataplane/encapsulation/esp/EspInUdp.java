package io.vireo.dataplane.encapsulation.esp;

import io.vireo.dpdk.Memory;

/** What comes to the UDP port of ESP, and is no ESP (RFC 3948 §2). */
public final class EspInUdp {
    private static final int KEEPALIVE_BYTES = 1;
    private static final int KEEPALIVE = 0xff;

    /** Where the SPI of ESP would be, which is never 0. */
    private static final int NON_ESP_MARKER = 0;

    private EspInUdp() {}

    /** Whether the payload of a UDP packet keeps a translator's mapping alive, and nothing else (RFC 3948 §2.3). */
    public static boolean isKeepalive(long payload, int bytes) {
        return bytes == KEEPALIVE_BYTES && Memory.getUnsignedByte(payload) == KEEPALIVE;
    }

    /** Whether a payload of four bytes at least is IKE's (RFC 3948 §2.2). */
    public static boolean isIke(long payload) {
        return Memory.getInt(payload) == NON_ESP_MARKER;
    }
}
