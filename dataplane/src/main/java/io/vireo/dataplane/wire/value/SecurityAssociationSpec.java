package io.vireo.dataplane.wire.value;

/**
 * A key for one direction of an ESP tunnel, and how long it may be used. Mutable and reusable: nothing is allocated after
 * construction. Not thread-safe. A handler gets one that is valid during the call only, and whose key is {@linkplain #wipe wiped}
 * after it; whoever made one for a command wipes it when that is sent. It has no text: keys are not printed.
 */
public final class SecurityAssociationSpec {
    private int interfaceId;
    private boolean isOutbound;
    private int spi;
    private int salt;
    private long key0;
    private long key1;
    private long key2;
    private long key3;
    private long incarnation;
    private long ticket;
    private long maxPackets;
    private long maxBytes;
    private int maxSeconds;

    /** Of which tunnel, in which direction, by which SPI. */
    public SecurityAssociationSpec of(int interfaceId, boolean isOutbound, int spi) {
        this.interfaceId = interfaceId;
        this.isOutbound = isOutbound;
        this.spi = spi;
        return this;
    }

    /**
     * The key, as words whose first octet is the most significant.
     *
     * @param salt first four octets of each nonce
     */
    public SecurityAssociationSpec key(int salt, long key0, long key1, long key2, long key3) {
        this.salt = salt;
        this.key0 = key0;
        this.key1 = key1;
        this.key2 = key2;
        this.key3 = key3;
        return this;
    }

    /**
     * What keeps it from being taken twice.
     *
     * @param incarnation of the data plane it was made for
     * @param ticket greater than that of any outbound one before
     */
    public SecurityAssociationSpec once(long incarnation, long ticket) {
        this.incarnation = incarnation;
        this.ticket = ticket;
        return this;
    }

    /** After which it refuses every packet. */
    public SecurityAssociationSpec lifetime(long maxPackets, long maxBytes, int maxSeconds) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
        this.maxSeconds = maxSeconds;
        return this;
    }

    /** Forgets key and salt. */
    public void wipe() {
        key(0, 0, 0, 0, 0);
    }

    public int interfaceId() {
        return interfaceId;
    }

    public boolean isOutbound() {
        return isOutbound;
    }

    public int spi() {
        return spi;
    }

    public int salt() {
        return salt;
    }

    public long key0() {
        return key0;
    }

    public long key1() {
        return key1;
    }

    public long key2() {
        return key2;
    }

    public long key3() {
        return key3;
    }

    public long incarnation() {
        return incarnation;
    }

    public long ticket() {
        return ticket;
    }

    public long maxPackets() {
        return maxPackets;
    }

    public long maxBytes() {
        return maxBytes;
    }

    public int maxSeconds() {
        return maxSeconds;
    }
}
