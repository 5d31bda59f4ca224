package io.vireo.dataplane.wire.value;

/**
 * What an end of a virtual link of the substrate has beyond its port and VLAN. Part of {@link InterfaceSpec}, which says what the methods
 * have in common.
 */
public final class SubstrateSpec {
    private long localMac;
    private long peerMac;
    private int identifier;
    private int etherType;
    private int priority;

    /** Becomes that of an interface of another kind. */
    void clear() {
        ends(0, 0);
        identified(0, 0, 0);
    }

    /**
     * Between whom frames go; MAC addresses have the first octet most significant.
     *
     * @param localMac by which this node sends, and to which the far end does
     * @param peerMac by which the far end sends, and nobody else may
     */
    void ends(long localMac, long peerMac) {
        this.localMac = localMac;
        this.peerMac = peerMac;
    }

    /**
     * How frames are known, and how switches prefer them.
     *
     * @param identifier of the virtual link, on this substrate link
     * @param etherType the same for all virtual links of a node
     * @param priority of the VLAN tag (PCP), 0 = best effort
     */
    void identified(int identifier, int etherType, int priority) {
        this.identifier = identifier;
        this.etherType = etherType;
        this.priority = priority;
    }

    public long localMac() {
        return localMac;
    }

    public long peerMac() {
        return peerMac;
    }

    public int identifier() {
        return identifier;
    }

    public int etherType() {
        return etherType;
    }

    public int priority() {
        return priority;
    }

    @Override
    public String toString() {
        return "virtual link " + identifier + " from " + Long.toHexString(localMac) + " to " + Long.toHexString(peerMac)
                + " ethertype " + Integer.toHexString(etherType) + " priority " + priority;
    }
}
