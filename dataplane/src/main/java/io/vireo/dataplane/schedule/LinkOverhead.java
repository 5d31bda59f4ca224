package io.vireo.dataplane.schedule;

/**
 * What a frame costs on the wire beyond the bytes the software holds, so that rates are those of the link.
 *
 * <p>Immutable, any thread. IEEE 802.3: preamble and start delimiter 8, frame check sequence 4, gap between packets 12,
 * VLAN tag 4 where the port inserts it; a frame with its check sequence is at least 64 bytes long.
 *
 * @param addedBytes added to each frame, 0 to {@value #MAX_BYTES}
 * @param minFrameBytes a shorter frame is padded to this before the addition, 0 to {@value #MAX_BYTES}
 */
public record LinkOverhead(int addedBytes, int minFrameBytes) {
    /** More overhead or padding than this is a mistake. */
    public static final int MAX_BYTES = 1024;

    private static final int PREAMBLE = 8;
    private static final int CHECK_SEQUENCE = 4;
    private static final int GAP = 12;
    private static final int VLAN_TAG = 4;
    private static final int MIN_FRAME = 64;

    /** Frames cost what they are long. */
    public static final LinkOverhead NONE = new LinkOverhead(0, 0);

    /** Ethernet, frames without their check sequence: a 60-byte frame takes 84 bytes of the wire. */
    public static final LinkOverhead ETHERNET =
            new LinkOverhead(PREAMBLE + CHECK_SEQUENCE + GAP, MIN_FRAME - CHECK_SEQUENCE);

    /** As {@link #ETHERNET}, and the port inserts a VLAN tag the software does not see. */
    public static final LinkOverhead ETHERNET_VLAN =
            new LinkOverhead(PREAMBLE + VLAN_TAG + CHECK_SEQUENCE + GAP, MIN_FRAME - VLAN_TAG - CHECK_SEQUENCE);

    /** Refuses sizes out of range. */
    public LinkOverhead {
        if (addedBytes < 0 || addedBytes > MAX_BYTES || minFrameBytes < 0 || minFrameBytes > MAX_BYTES) {
            throw new IllegalArgumentException("overhead and minimum frame must be 0 to " + MAX_BYTES + " bytes, not "
                    + addedBytes + " and " + minFrameBytes);
        }
    }

    /** The bytes of wire time of a frame of this length. */
    public int wireBytes(int frameBytes) {
        return Math.max(frameBytes, minFrameBytes) + addedBytes;
    }
}
