package io.vireo.control.node.ike;

import java.util.Arrays;

/**
 * The keys of a CHILD_SA: of each direction the key and, behind it, the salt (RFC 4106 §8.1, RFC 7634 §2.1). Its text hides them. One
 * user, who wipes it.
 */
final class ChildKeys {
    static final int SALT_BYTES = 4;

    private final String name;
    private final boolean isInitiator;
    private final int inboundSpi;
    private final int outboundSpi;
    private final byte[] inboundKey;
    private final byte[] outboundKey;

    /**
     * Takes keys over.
     *
     * @param name of the configuration it was negotiated for.
     * @param isInitiator whether this end began the exchange.
     */
    ChildKeys(
            String name, boolean isInitiator, int inboundSpi, int outboundSpi, byte[] inboundKey, byte[] outboundKey) {
        this.name = name;
        this.isInitiator = isInitiator;
        this.inboundSpi = inboundSpi;
        this.outboundSpi = outboundSpi;
        this.inboundKey = inboundKey;
        this.outboundKey = outboundKey;
    }

    String name() {
        return name;
    }

    boolean isInitiator() {
        return isInitiator;
    }

    int inboundSpi() {
        return inboundSpi;
    }

    int outboundSpi() {
        return outboundSpi;
    }

    /** Key and salt to receive by; no copy. */
    byte[] inboundKey() {
        return inboundKey;
    }

    /** Key and salt to send by; no copy. */
    byte[] outboundKey() {
        return outboundKey;
    }

    /** The key of a direction, without its salt: a copy. */
    static byte[] keyOf(byte[] keyAndSalt) {
        return Arrays.copyOf(keyAndSalt, keyAndSalt.length - SALT_BYTES);
    }

    /** The salt of a direction: a copy. */
    static byte[] saltOf(byte[] keyAndSalt) {
        return Arrays.copyOfRange(keyAndSalt, keyAndSalt.length - SALT_BYTES, keyAndSalt.length);
    }

    void wipe() {
        IkePrf.wipe(inboundKey, outboundKey);
    }

    @Override
    public String toString() {
        return "keys of " + name + ", SPI in " + Integer.toHexString(inboundSpi) + ", out "
                + Integer.toHexString(outboundSpi);
    }
}
