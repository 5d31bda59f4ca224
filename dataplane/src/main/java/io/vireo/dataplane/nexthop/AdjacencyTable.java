package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * One record of a cache line per adjacency, in native memory: all that modify needs to send a packet on.
 *
 * <pre>
 *    0  head: the first 8 bytes of the Ethernet header (destination, half of the source)
 *    8  tail: the 8 bytes of the header that end just before the ethertype; written first, head overlaps it
 *   16  disposition: 0 = forward, else what becomes of the packet
 *   20  header bytes: 14, or 18 with a VLAN tag; 0 of a mid-chain adjacency, unless frames are encapsulated
 *   24  egress interface
 *   28  MTU, bytes of IP packet
 *   32  target: port id, or the complement of the link interface at the far end; marked if the wire is emulated
 *   36  limit: the MTU while the disposition is to forward and there is no encapsulation and no marking, else 0
 *   40  address it is for, high half    48  low half: reported to users, not used to forward
 *   56  encapsulation of a mid-chain adjacency, 0 = none: then its frames leave as they are
 *   60  whether its packets are marked with a VPN-ID, or must say none: as the egress interface's record says
 *
 *   With labels:
 *    0  address of the labels: {@link PushedLabels}
 *    8  address of the record of the adjacency by which the packets leave then
 *   16  {@link #LABELLED}, until the interface goes: who knows no labels drops
 *
 *   untagged: dst dst dst dst dst dst src src src src src src [type]          head = bytes 0..7, tail = 4..11
 *   tagged:   dst dst dst dst dst dst src src src src src src 81 00 tci tci [type]   head = 0..7, tail = 8..15
 * </pre>
 *
 * The destination MAC lies in one word, so that a neighbour's change is one store and no worker sees half of it.
 * Single writer: the conductor. Readers: every worker, per packet. Everything but head, MTU, target, disposition and limit stays as it
 * is while an adjacency lives, and an index is used anew only after every worker has forgotten it.
 */
public final class AdjacencyTable {
    /** Longest header a record can hold, bytes. */
    public static final int MAX_HEADER_BYTES = 18;

    private static final int RECORD_SHIFT = 6;
    private static final int HEAD = 0;
    private static final int TAIL = 8;
    private static final int DISPOSITION = 16;
    private static final int HEADER_BYTES = 20;
    private static final int EGRESS = 24;
    private static final int MTU = 28;
    private static final int TARGET = 32;
    private static final int LIMIT = 36;
    private static final int ADDRESS_HIGH = 40;
    private static final int ADDRESS_LOW = 48;
    private static final int ENCAPSULATION = 56;
    private static final int IS_MARKING = 60;

    /** The disposition of adjacencies with labels: {@link #labels} are to be pushed, and {@link #beneath} has the rest. */
    public static final int LABELLED = Disposition.drop(DropReason.LABEL_UNRESOLVED);

    private static final int LABELS = HEAD;
    private static final int BENEATH = TAIL;

    private static final int NO_TARGET = -1;

    private final long base;
    private final int capacity;
    private final PushedLabels labels;

    public AdjacencyTable(int capacity) {
        this.capacity = capacity;
        labels = new PushedLabels(capacity);
        base = new Region((long) capacity << RECORD_SHIFT).address();
    }

    public int capacity() {
        return capacity;
    }

    /** Address of an adjacency's record, for the accessors that take one. The index is not checked. */
    public long record(int index) {
        return base + ((long) index << RECORD_SHIFT);
    }

    public static long head(long record) {
        return Memory.getLong(record + HEAD);
    }

    public static long tail(long record) {
        return Memory.getLong(record + TAIL);
    }

    /** Plain read; its partner is the release in {@link #setDisposition}. */
    public static int disposition(long record) {
        return Memory.getInt(record + DISPOSITION);
    }

    public static int headerBytes(long record) {
        return Memory.getInt(record + HEADER_BYTES);
    }

    public static int egress(long record) {
        return Memory.getInt(record + EGRESS);
    }

    public static int mtu(long record) {
        return Memory.getInt(record + MTU);
    }

    /** The longest IP packet that may be sent on by the fast path. Plain read; its partner is the release in {@link #setDisposition}. */
    public static int limit(long record) {
        return Memory.getInt(record + LIMIT);
    }

    public static int target(long record) {
        return Memory.getInt(record + TARGET);
    }

    /** Index of the encapsulation of a mid-chain adjacency, 0 of one that is a neighbour's. */
    public static int encapsulation(long record) {
        return Memory.getInt(record + ENCAPSULATION);
    }

    /** Whether its packets are marked, or looked at for marks, before they leave. */
    public static boolean isMarking(long record) {
        return Memory.getInt(record + IS_MARKING) != 0;
    }

    /** Whether labels are put before its packets. Plain read; its partner is the release in {@link #setDisposition}. */
    public static boolean isLabelled(long record) {
        return disposition(record) == LABELLED;
    }

    /** The labels of one that {@link #isLabelled}: for the accessors of {@link PushedLabels}. */
    public static long labels(long record) {
        return Memory.getLong(record + LABELS);
    }

    /** The record of the adjacency by which packets leave when they have their labels. */
    public static long beneath(long record) {
        return Memory.getLong(record + BENEATH);
    }

    /** The labels of all adjacencies. Conductor only. */
    PushedLabels labels() {
        return labels;
    }

    /** Address of the gateway or neighbour, high half; 0/0 for the link itself. */
    public static long addressHigh(long record) {
        return Memory.getLong(record + ADDRESS_HIGH);
    }

    public static long addressLow(long record) {
        return Memory.getLong(record + ADDRESS_LOW);
    }

    /** Says which address it is for; before {@link #setDisposition}. Conductor only. */
    public void setAddress(int index, long high, long low) {
        Memory.putLong(record(index) + ADDRESS_HIGH, high);
        Memory.putLong(record(index) + ADDRESS_LOW, low);
    }

    /** Says where an adjacency leads; {@link #setDisposition} then shows it to the workers. Conductor only. */
    public void define(int index, int egressInterface, int target, int headerBytes) {
        long record = record(index);
        Memory.putInt(record + EGRESS, egressInterface);
        Memory.putInt(record + TARGET, target);
        Memory.putInt(record + HEADER_BYTES, headerBytes);
        Memory.putInt(record + ENCAPSULATION, 0);
        Memory.putInt(record + IS_MARKING, 0);
    }

    /**
     * Has labels put before an adjacency's packets, which leave by another then; {@link #setDisposition} then shows it to the workers.
     * Conductor only.
     *
     * @param beneath index of that other adjacency.
     */
    public void defineLabelled(int index, int egressInterface, int beneath, NextHops hops, int hop) {
        long record = record(index);
        labels.define(index, hops, hop);
        Memory.putLong(record + LABELS, labels.record(index));
        Memory.putLong(record + BENEATH, record(beneath));
        define(index, egressInterface, NO_TARGET, 0);
    }

    /**
     * Makes an adjacency mid-chain: its packets are encapsulated, and go on from there; {@link #setDisposition} then shows it to
     * the workers. Conductor only.
     *
     * @param headerBytes of the Ethernet header that stands before a packet inside; 0: none.
     */
    public void defineMidChain(int index, int egressInterface, int encapsulation, int headerBytes) {
        define(index, egressInterface, NO_TARGET, headerBytes);
        Memory.putInt(record(index) + ENCAPSULATION, encapsulation);
    }

    /** Says whether packets are marked; {@link #setDisposition} then shows it to the workers. Conductor only. */
    public void setMarking(int index, boolean isMarking) {
        Memory.putInt(record(index) + IS_MARKING, isMarking ? 1 : 0);
        setLimit(record(index));
    }

    /** Sends frames to a port or a far end, by an emulated wire or not. Conductor only. */
    public void setTarget(int index, int target) {
        // Release: a worker that reads the mark of emulation (target) also sees what was published of it before.
        UnsafeApi.putIntRelease(null, record(index) + TARGET, target);
    }

    /** Sets the longest IP packet that may leave here, bytes. Conductor only. */
    public void setMtu(int index, int mtuBytes) {
        Memory.putInt(record(index) + MTU, mtuBytes);
        setLimit(record(index));
    }

    /**
     * Writes the Ethernet header's template. Conductor only.
     *
     * @param destination of the neighbour, first octet most significant.
     * @param source of the egress interface, likewise.
     * @param vlan 0 = untagged.
     */
    public void setHeader(int index, long destination, long source, int vlan) {
        long record = record(index);
        Memory.putLong(record + TAIL, vlan == 0 ? untaggedTail(source) : taggedTail(source, vlan));
        // One store for the whole destination; workers load it plainly, after the disposition.
        UnsafeApi.putLongRelease(null, record + HEAD, Long.reverseBytes((destination << 16) | (source >>> 32)));
    }

    /** Bytes 4..11 of the header; the first four, of the destination and the source, come from the head. */
    private static long untaggedTail(long source) {
        return Long.reverseBytes(source & Ethernet.MAC_MASK);
    }

    /** Bytes 8..15 of the header: the rest of the source, and the tag (IEEE 802.1Q §9.6). */
    private static long taggedTail(long source, int vlan) {
        return Long.reverseBytes((source << 32) | 0x8100_0000L | vlan);
    }

    /** Shows the adjacency to the workers with what becomes of its packets. Conductor only. */
    public void setDisposition(int index, int disposition) {
        // Release: a worker that reads it (disposition) also sees the header and target stored before.
        UnsafeApi.putIntRelease(null, record(index) + DISPOSITION, disposition);
        setLimit(record(index));
    }

    private static void setLimit(long record) {
        // Release, as above: most workers look at the limit only.
        boolean isPlain =
                disposition(record) == Disposition.FORWARD && encapsulation(record) == 0 && !isMarking(record);
        UnsafeApi.putIntRelease(null, record + LIMIT, isPlain ? mtu(record) : 0);
    }
}
