package io.vireo.dataplane.schedule;

/**
 * How many buffers each VPN may hold in a port's queues, so that one VPN never holds another's.
 *
 * <p>A quota is a promise: the sum of the quotas' packets never exceeds the port's pool, so a VPN within its quota
 * always finds a node. Lowering a quota below what is held drops nothing; it refuses until enough has been sent.
 *
 * <p>Nor does a class hold all of its VPN's: it may hold at most eight times what the VPN has left (dynamic thresholds:
 * Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998). Flooded classes stop while some buffers are free,
 * and those are for the classes whose queues are short, so voice gets through however many queues are filling or draining.
 * The price: a class alone fills eight ninths of a quota, rounded down. Single writer: the worker that owns the port.
 */
public final class BufferQuotas {
    private static final int STRIDE_SHIFT = 5;
    private static final int PACKETS = 0;
    private static final int BYTES = 8;
    private static final int PACKET_LIMIT = 16;
    private static final int BYTE_LIMIT = 24;

    /** A class may hold so many times what its VPN has left: 2^3. */
    private static final int SHARE_SHIFT = 3;

    private static final int MAX_REST = (1 << SHARE_SHIFT) - 1;

    private final Words words;
    private final long origin;
    private final int capacity;
    private final long poolPackets;
    private long promisedPackets;

    BufferQuotas(int capacity, int poolPackets) {
        this.capacity = capacity;
        this.poolPackets = poolPackets;
        this.words = new Words((long) capacity << (STRIDE_SHIFT - Words.BYTES_SHIFT));
        origin = words.address();
    }

    /**
     * Sets a quota; zero packets remove it.
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

    /** Whether a class that holds so much may have one more packet. */
    QueueVerdict verdict(int quotaId, long classPackets, long classBytes, int frameBytes) {
        long at = at(quotaId);
        // Rounded up: the last one is for a class that has none, however many others are filling.
        if ((classPackets + MAX_REST) >>> SHARE_SHIFT >= Words.get(at + PACKET_LIMIT) - Words.get(at + PACKETS)) {
            return QueueVerdict.QUOTA_PACKETS;
        }
        return classBytes >>> SHARE_SHIFT > Words.get(at + BYTE_LIMIT) - Words.get(at + BYTES) - frameBytes
                ? QueueVerdict.QUOTA_BYTES
                : QueueVerdict.QUEUED;
    }

    void charge(int quotaId, int frameBytes) {
        long at = at(quotaId);
        Words.add(at + PACKETS, 1);
        Words.add(at + BYTES, frameBytes);
    }

    void release(int quotaId, int frameBytes) {
        long at = at(quotaId);
        Words.add(at + PACKETS, -1);
        Words.add(at + BYTES, -frameBytes);
    }

    void move(int from, int to, int packets, long bytes) {
        Words.add(at(from) + PACKETS, -packets);
        Words.add(at(from) + BYTES, -bytes);
        Words.add(at(to) + PACKETS, packets);
        Words.add(at(to) + BYTES, bytes);
    }

    private long word(int quotaId, int word) {
        return Words.get(at(quotaId) + word);
    }

    private void setWord(int quotaId, int word, long value) {
        Words.set(at(quotaId) + word, value);
    }

    private long at(int quotaId) {
        assert words.holds(quotaId, STRIDE_SHIFT);
        return origin + ((long) quotaId << STRIDE_SHIFT);
    }
}
