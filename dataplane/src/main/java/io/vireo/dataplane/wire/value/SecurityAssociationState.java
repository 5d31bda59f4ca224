package io.vireo.dataplane.wire.value;

/**
 * A security association as a data plane reports it, without its key. Mutable and reusable: nothing is allocated after
 * construction. Not thread-safe. A handler gets one that is valid during the call only.
 */
public final class SecurityAssociationState {
    private int interfaceId;
    private boolean isOutbound;
    private int spi;
    private int ageSeconds;
    private boolean isEnded;
    private long packets;
    private long bytes;
    private long forged;
    private long replays;

    /** Which it is, how old, and whether its lifetime has ended. */
    public SecurityAssociationState of(int interfaceId, boolean isOutbound, int spi, int ageSeconds, boolean isEnded) {
        this.interfaceId = interfaceId;
        this.isOutbound = isOutbound;
        this.spi = spi;
        this.ageSeconds = ageSeconds;
        this.isEnded = isEnded;
        return this;
    }

    /** What was sent or accepted by it, and what was not accepted. */
    public SecurityAssociationState counts(long packets, long bytes, long forged, long replays) {
        this.packets = packets;
        this.bytes = bytes;
        this.forged = forged;
        this.replays = replays;
        return this;
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

    public int ageSeconds() {
        return ageSeconds;
    }

    public boolean isEnded() {
        return isEnded;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    public long forged() {
        return forged;
    }

    public long replays() {
        return replays;
    }
}
