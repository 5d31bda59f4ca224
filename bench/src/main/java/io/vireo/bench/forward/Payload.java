package io.vireo.bench.forward;

/**
 * What a frame carries.
 *
 * @param etherType of the frame
 * @param bytes behind it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Payload(int etherType, byte[] bytes) {
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_IPV6 = 0x86DD;

    /** An IP packet. */
    static Payload packet(byte[] packet) {
        return new Payload(packet[0] >> 4 == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6, packet);
    }

    /**
     * The bytes of a frame of that type.
     *
     * @throws IllegalArgumentException if it is of another
     */
    byte[] of(int expectedType) {
        if (etherType != expectedType) {
            throw new IllegalArgumentException("a wrong type, " + Integer.toHexString(etherType));
        }
        return bytes;
    }
}
