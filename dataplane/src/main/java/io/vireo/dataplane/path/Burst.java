package io.vireo.dataplane.path;

import io.vireo.dpdk.MbufArray;

/**
 * The packets a worker has in hand, as a struct of arrays: entry {@code i} of each array belongs to packet {@code i}.
 *
 * <p>Stages fill the arrays in the packet's order and read what earlier stages left; the arrays are public because each
 * access is per packet. Packets that go on are listed by {@link #ipv4} or {@link #ipv6}; an exceptional packet is
 * {@linkplain #except moved to the exception path}: its disposition says why, and the common loops do not meet it again.
 *
 * <pre>
 *   mbufs[i] ─► frame[i] ─► ┌────────────┬───────┬──────────────┬─────────┐
 *                           │ dst │ src  │ [tag] │ network layer│ padding │
 *                           └────────────┴───────┴──────────────┴─────────┘
 *                                                ▲ network[i]   ▲ network[i] + networkLength[i]
 * </pre>
 *
 * Single owner: the worker it was made for.
 */
public final class Burst {
    /** {@link #ingress} and {@link #router} of a packet that could not be classified. */
    public static final int UNKNOWN = -1;

    /** Maximum packets. */
    public final int capacity;

    /** Packets in hand. */
    public int size;

    /** The time of the round, monotonic nanoseconds; of a traced packet 0. */
    public long nowNs;

    /** arrive: how many rx runs there are: packets that came in together, from one queue. */
    public int rxRuns;

    /** arrive: the position behind each rx run. */
    public final int[] rxRunEnd;

    /** arrive: whether some packet is a chain of buffers. */
    public boolean hasChains;

    /** arrive: addresses of the mbufs, where the driver put them. */
    public final MbufArray mbufs;

    /** arrive: the port id it came from, or the complement of the link interface it came in by. */
    public final int[] origin;

    /** arrive: address of the Ethernet header. */
    public final long[] frame;

    /** arrive: bytes of the frame, without FCS. */
    public final int[] frameLength;

    /** check: VLAN id, 0 for an untagged or priority-tagged frame. */
    public final int[] vlan;

    /** check: address of the network-layer header. */
    public final long[] network;

    /** check: bytes of the IP packet by its own header, without padding. */
    public final int[] networkLength;

    /** check, classify: see {@link CheckResult}. */
    public final int[] checkResult;

    /** Any stage, of an excepted packet: see {@link Disposition}. */
    public final int[] disposition;

    /** classify: interface it came in by, or {@link #UNKNOWN}. */
    public final int[] ingress;

    /** classify: virtual router, or {@link #UNKNOWN}. */
    public final int[] router;

    /** classify: the packets to look up in IPv4 and IPv6 tables; neither list shrinks; excepted packets are not listed, or skipped later. */
    public final Lookups ipv4;

    public final Lookups ipv6;

    /** classify: the packets behind label stacks; forward takes out those that modify is not to look at. */
    public final LabelLookups labelled;

    /** classify: the frames of virtual links that only cross the node, by position; {@link #networkLength} is what the link carries. */
    public final int[] crossing;

    public int crossingCount;

    /** modify: the frames to send. */
    public final TxFrames txFrames;

    /** Packets on the exception path, by position. */
    public final int[] excepted;

    public int exceptedCount;

    /**
     * @param capacity maximum packets that go through the stages together.
     * @param extraTxFrames maximum frames that others hand over ready to be sent, in the same round.
     */
    public Burst(int capacity, int extraTxFrames) {
        this.capacity = capacity;
        mbufs = MbufArray.allocate(capacity);
        rxRunEnd = new int[capacity];
        origin = new int[capacity];
        frame = new long[capacity];
        frameLength = new int[capacity];
        vlan = new int[capacity];
        network = new long[capacity];
        networkLength = new int[capacity];
        checkResult = new int[capacity];
        disposition = new int[capacity];
        ingress = new int[capacity];
        router = new int[capacity];
        ipv4 = new Lookups(capacity);
        ipv6 = new Lookups(capacity);
        labelled = new LabelLookups(capacity);
        crossing = new int[capacity];
        txFrames = new TxFrames(capacity + extraTxFrames);
        excepted = new int[capacity];
    }

    /** Ends an rx run behind the last packet; none is empty. */
    public void endRxRun() {
        rxRunEnd[rxRuns++] = size;
    }

    /** Empties the burst; whoever owns the packets by now has them. */
    public void clear() {
        size = 0;
        rxRuns = 0;
        hasChains = false;
        exceptedCount = 0;
        ipv4.count = 0;
        ipv6.count = 0;
        labelled.count = 0;
        crossingCount = 0;
        txFrames.count = 0;
        txFrames.fragments = 0;
    }

    /** Moves packet {@code i} to the exception path, for the reason given. Call once per packet. */
    public void except(int i, int why) {
        disposition[i] = why;
        excepted[exceptedCount++] = i;
    }
}
