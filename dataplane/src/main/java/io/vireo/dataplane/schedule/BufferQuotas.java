package io.vireo.dataplane.schedule;

/**
 * How many buffers each VPN may hold in a port's queues, so that one VPN never holds another's.
 *
 * <p>A quota is a promise: the sum of the quotas' packets never exceeds the port's pool, so a VPN within its quota
 * always finds a node. Lowering a quota below what is held drops nothing; it refuses until enough has been sent. Single
 * writer: the worker that owns the port.
 */
public final class BufferQuotas {
    private static final int STRIDE_SHIFT = 2;
    private static final int PACKETS = 0;
    private static final int BYTES = 1;
    private static final int PACKET_LIMIT = 2;
    private static final int BYTE_LIMIT = 3;

    private final Words words;
    private final int capacity;
    private final long poolPackets;
    private long promisedPackets;

    BufferQuotas(int capacity, int poolPackets) {
        this.capacity = capacity;
        this.poolPackets = poolPackets;
        this.words = new Words((long) capacity << STRIDE_SHIFT);
    }

    /**
     * Sets a quota; zero packets take it away.
     *
     * @return {@link ClassChange#DONE}; {@link ClassChange#NO_QUOTA} for an id out of range or a negative limit; {@link
     *     ClassChange#NO_BUFFERS} if the pool cannot keep all promises, and nothing changed
     */
    public ClassChange set(int quotaId, long maxPackets, long maxBytes) {
        if (quotaId < 0 || quotaId >= capacity || maxPackets < 0 || maxBytes < 0) {
            return ClassChange.NO_QUOTA;
        }
        long promised = promisedPackets - word(quotaId, PACKET_LIMIT) + maxPackets;
        if (maxPackets > poolPackets || promised > poolPackets) {
            return ClassChange.NO_BUFFERS;
        }
        promisedPackets = promised;
        setWord(quotaId, PACKET_LIMIT, maxPackets);
        setWord(quotaId, BYTE_LIMIT, maxBytes);
        return ClassChange.DONE;
    }

    /** How many packets are not promised to any VPN yet. */
    public long packetsLeft() {
        return poolPackets - promisedPackets;
    }

    /** The packets a VPN holds now. */
    public long packets(int quotaId) {
        return word(quotaId, PACKETS);
    }

    /** The bytes of frames a VPN holds now. */
    public long bytes(int quotaId) {
        return word(quotaId, BYTES);
    }

    boolean exists(int quotaId) {
        return quotaId >= 0 && quotaId < capacity && word(quotaId, PACKET_LIMIT) > 0;
    }

    QueueVerdict verdict(int quotaId, int frameBytes) {
        int at = quotaId << STRIDE_SHIFT;
        if (words.get(at + PACKETS) >= words.get(at + PACKET_LIMIT)) {
            return QueueVerdict.QUOTA_PACKETS;
        }
        return words.get(at + BYTES) + frameBytes > words.get(at + BYTE_LIMIT)
                ? QueueVerdict.QUOTA_BYTES
                : QueueVerdict.QUEUED;
    }

    void take(int quotaId, int frameBytes) {
        int at = quotaId << STRIDE_SHIFT;
        words.add(at + PACKETS, 1);
        words.add(at + BYTES, frameBytes);
    }

    void give(int quotaId, int frameBytes) {
        int at = quotaId << STRIDE_SHIFT;
        words.add(at + PACKETS, -1);
        words.add(at + BYTES, -frameBytes);
    }

    void move(int from, int to, int packets, long bytes) {
        words.add((from << STRIDE_SHIFT) + PACKETS, -packets);
        words.add((from << STRIDE_SHIFT) + BYTES, -bytes);
        words.add((to << STRIDE_SHIFT) + PACKETS, packets);
        words.add((to << STRIDE_SHIFT) + BYTES, bytes);
    }

    private long word(int quotaId, int word) {
        return words.get((quotaId << STRIDE_SHIFT) + word);
    }

    private void setWord(int quotaId, int word, long value) {
        words.set((quotaId << STRIDE_SHIFT) + word, value);
    }
}
