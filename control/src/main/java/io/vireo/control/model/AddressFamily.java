package io.vireo.control.model;

/** The two families of the Internet protocol. */
public enum AddressFamily {
    IPV4(32),
    IPV6(128);

    private final int bits;

    AddressFamily(int bits) {
        this.bits = bits;
    }

    /** Length of an address, in bits: 32 or 128. */
    public int bits() {
        return bits;
    }

    /** Length of an address, in bytes: 4 or 16. */
    public int bytes() {
        return bits / Byte.SIZE;
    }
}
