package io.vireo.dataplane.path;

/**
 * How many packets a worker holds where, and how many rounds it takes until it has let go of them: said once, for the workers
 * and for the conductor, which must not give an id to another interface or router while a packet still carries it.
 *
 * <p>What holds a packet after its round, and knows it by an id:
 *
 * <pre>
 *   link queue       the interface it will be received by: where it goes depends on the id, so it is waited for
 *   hand-over rings  egress interface and router, to count it by: its port and its bytes are decided
 *   port queues      likewise
 *   emulated wires   likewise; for longer, so each frame also knows the interface by how many have had its id
 *   reassembly       none: the number of a pair of addresses, which no other pair gets
 * </pre>
 */
public final class PathLimits {
    /** Packets that go through the stages together: their mbufs and headers fit in the first-level cache. */
    public static final int BURST_PACKETS = 128;

    /** Packets on internal links of one worker: chains of 32 routers for 128 packets of a burst. */
    public static final int LINK_QUEUE_PACKETS = 4096;

    /** Rounds of every worker after which none holds a packet for what was removed before the first of them. */
    public static final int ROUNDS_UNTIL_FORGOTTEN = roundsUntilForgotten(BURST_PACKETS, LINK_QUEUE_PACKETS);

    /** Fragments beyond the first of each packet, in one round: a burst of 9,000 bytes each over 1,500 makes some 800. */
    public static final int FRAGMENTS_PER_ROUND = 1024;

    private PathLimits() {}

    /** How many packets a round takes from the link queue at most: the rest of a burst is for the ports. */
    public static int linkPacketsPerRound(int burstPackets) {
        return burstPackets - burstPackets / 4;
    }

    /**
     * A round for the burst in hand, which may still put packets on links that are going; then as many as a full link queue
     * takes to drain, whatever is put behind them.
     */
    public static int roundsUntilForgotten(int burstPackets, int linkQueuePackets) {
        return 1 + Math.ceilDiv(linkQueuePackets, linkPacketsPerRound(burstPackets));
    }
}
