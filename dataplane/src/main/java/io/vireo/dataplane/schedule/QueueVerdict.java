package io.vireo.dataplane.schedule;

/** What became of a packet offered to a queue, or taken from it; all but {@link #QUEUED} are reasons of drops. */
public enum QueueVerdict {
    /** The packet is queued and belongs to the scheduler. */
    QUEUED(0, "queued"),
    /** The class does not exist, has children, or is being removed. */
    NO_CLASS(1, "no such leaf class"),
    /** The class holds as many packets as it may. */
    CLASS_PACKETS(2, "queue of the class full, packets"),
    /** The class holds as many bytes as it may. */
    CLASS_BYTES(3, "queue of the class full, bytes"),
    /** The VPN holds as many packets as its quota, or too few are left for a class that holds so many. */
    QUOTA_PACKETS(4, "buffer quota of the VPN used up, packets"),
    /** The VPN holds as many bytes as its quota, or too few are left for a class that holds so many. */
    QUOTA_BYTES(5, "buffer quota of the VPN used up, bytes"),
    /** The port has no node left; only quotas that are too generous lead here. */
    PORT_PACKETS(6, "packet pool of the port used up"),
    /** The queue stood too long, RFC 8289. */
    CODEL(7, "dropped by CoDel: the queue stood too long");

    private final int index;
    private final String sentence;

    QueueVerdict(int index, String sentence) {
        this.index = index;
        this.sentence = sentence;
    }

    /** The place of its counter, 0 to 7; stable, unlike the order of declaration. */
    public int index() {
        return index;
    }

    /** The reason, for the operator. */
    public String sentence() {
        return sentence;
    }
}
