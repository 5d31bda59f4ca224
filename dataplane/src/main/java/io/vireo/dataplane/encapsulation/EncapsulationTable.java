package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.outer.Identifications;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * One record of four cache lines per encapsulation, in native memory: what to put before a packet, and where it goes from there.
 *
 * <pre>
 *    0  next hop: an adjacency or a group of the underlay
 *    4  header bytes, a multiple of 4
 *    8  fix-up: which fields of the header are each packet's own, see {@link FixUp}
 *   12  interface that sends
 *   16  underlay: the virtual router that sends the encapsulated packet on
 *   20  modes: what else follows the packet inside, see {@link io.vireo.dataplane.wire.code.TunnelModes}
 *   24  path MTU, bytes of the outer packet: what a router on the way has said; {@link #UNLIMITED} unless one has
 *   32  when that was, of the workers' clock, ns
 *   40  of an ESP tunnel: the security association that it sends by, 0 = none
 *   44  of an ESP tunnel: what the conductor keeps of it, see {@link #espOptions}
 *   48  which counter its identifications are of, see {@link Identifications}
 *   52  1 where the tunnel's wire is emulated, see {@link io.vireo.dataplane.emulation}
 *   60  port of which the tunnel has a class, or -1
 *   64  header, up to {@link #MAX_HEADER_BYTES}: the outermost byte first
 *  192  next sequence number, on a cache line of its own: workers write it, where the kind has such numbers
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, per encapsulated packet. A record is complete before an adjacency or an
 * interface leads to it (their release publishes it), and is filled anew only after every worker has forgotten it. Meanwhile
 * only the next hop and the security association change, each in one store: whoever reads it finds what it names complete; a byte of
 * the header, its hop limit; the modes; whether the wire is emulated, and the port, of which and of whose class a worker may know
 * earlier or later. Workers write the sequence
 * number and the path MTU with its time, and nothing else.
 */
public final class EncapsulationTable {
    /** Stands for no encapsulation; no record has this index. */
    public static final int NONE = 0;

    /** Longest header of one encapsulation, bytes. */
    public static final int MAX_HEADER_BYTES = 128;

    /** Path MTU of which nothing is known: no packet is so long. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** How long a path MTU holds (RFC 1191 §6.3, RFC 8201 §5.3). */
    static final long PATH_MTU_AGE_NS = 600_000_000_000L;

    private static final int RECORD_SHIFT = 8;
    private static final int NEXT_HOP = 0;
    private static final int HEADER_BYTES = 4;
    private static final int FIX_UP = 8;
    private static final int INTERFACE = 12;
    private static final int UNDERLAY = 16;
    private static final int MODES = 20;
    private static final int PATH_MTU = 24;
    private static final int PATH_MTU_NS = 32;
    private static final int ASSOCIATION = 40;
    private static final int ESP_OPTIONS = 44;
    private static final int IDENTIFICATIONS = 48;
    private static final int EMULATED = 52;
    private static final int CLASS_PORT = 60;
    private static final int NO_PORT = -1;
    private static final int HEADER = 64;
    private static final int SEQUENCE = HEADER + MAX_HEADER_BYTES;

    private final long base;
    private final int capacity;
    private final Identifications identifications = new Identifications();

    /** Takes memory for the indices below {@code capacity}; it is used only as records are filled. */
    public EncapsulationTable(int capacity) {
        this.capacity = capacity;
        base = new Region((long) capacity << RECORD_SHIFT).address();
    }

    public int capacity() {
        return capacity;
    }

    /** Address of a record, for the accessors that take one. The index is not checked. */
    public long record(int index) {
        return base + ((long) index << RECORD_SHIFT);
    }

    /** Plain read; its partner is the release in {@link #setNextHop}, and the load of the adjacency depends on this one. */
    public static int nextHop(long record) {
        return Memory.getInt(record + NEXT_HOP);
    }

    public static int headerBytes(long record) {
        return Memory.getInt(record + HEADER_BYTES);
    }

    public static int fixUp(long record) {
        return Memory.getInt(record + FIX_UP);
    }

    /** Whether nothing special is asked of its packets: no modes, no class of their own, no emulated wire. */
    static boolean isPlain(long record) {
        int special = modes(record) | Memory.getInt(record + EMULATED) | (Memory.getInt(record + CLASS_PORT) ^ NO_PORT);
        return special == 0;
    }

    /** Whether it is a virtual link of the substrate. */
    static boolean isSubstrate(long record) {
        return fixUp(record) == FixUp.SUBSTRATE;
    }

    public static int interfaceId(long record) {
        return Memory.getInt(record + INTERFACE);
    }

    public static int underlay(long record) {
        return Memory.getInt(record + UNDERLAY);
    }

    /** Whether the tunnel has a class of that port. */
    static boolean hasClassOf(long record, int port) {
        return Memory.getInt(record + CLASS_PORT) == port;
    }

    /** Whether what the tunnel sends goes by an emulated wire. */
    static boolean isEmulated(long record) {
        return Memory.getInt(record + EMULATED) != 0;
    }

    public static int modes(long record) {
        return Memory.getInt(record + MODES);
    }

    /** The longest outer packet for which there is no objection from underneath. */
    static int pathMtu(long record) {
        return Memory.getInt(record + PATH_MTU);
    }

    /**
     * Takes note of what a router on the way can send on. Any worker, by plain stores: of two that are at it at once one wins, and the
     * next packet that is too long finds out.
     */
    static void lowerPathMtu(long record, int mtu, long nowNs) {
        if (mtu <= pathMtu(record)) {
            Memory.putLong(record + PATH_MTU_NS, nowNs);
            Memory.putInt(record + PATH_MTU, mtu);
        }
    }

    /** Forgets what is too old to hold. Any worker. */
    static void agePathMtu(long record, long nowNs) {
        if (pathMtu(record) != UNLIMITED && nowNs - Memory.getLong(record + PATH_MTU_NS) >= PATH_MTU_AGE_NS) {
            Memory.putInt(record + PATH_MTU, UNLIMITED);
        }
    }

    /** Plain read; its partner is the release in {@link #setAssociation}, and the loads of the record depend on this one. */
    public static int association(long record) {
        return Memory.getInt(record + ASSOCIATION);
    }

    /**
     * Takes the next sequence number; the first is 0 (RFC 2890 §2.2). Any worker: numbers of different workers are distinct, and
     * their packets may overtake each other.
     *
     * @param isLive whether it is used up: a packet that is only traced leaves it for another.
     */
    private static int takeSequence(long record, boolean isLive) {
        return isLive ? UnsafeApi.getAndAddInt(null, record + SEQUENCE, 1) : Memory.getInt(record + SEQUENCE);
    }

    /** Takes the next identification of what is sent between the tunnel's addresses; any worker, as {@link Identifications#take}. */
    int takeIdentification(long record, boolean isLive) {
        return identifications.take(Memory.getInt(record + IDENTIFICATIONS), isLive);
    }

    /** {@link #takeSequence}, if there is one in a copy of the GRE header at {@code gre}; else 0. */
    static int greSequence(long record, long gre, boolean isLive) {
        return GreHeader.hasSequence(GreHeader.flags(gre)) ? takeSequence(record, isLive) : 0;
    }

    /** Address of the header, of which each packet gets a copy; the conductor writes it. */
    public static long header(long record) {
        return record + HEADER;
    }

    /** Copies the header to {@code to}, from an offset on that is a multiple of 4. */
    static void copyHeader(long record, long to, int start, int headerBytes) {
        long from = record + HEADER;
        int offset = start;
        for (; offset + Long.BYTES <= headerBytes; offset += Long.BYTES) {
            Memory.putLong(to + offset, Memory.getLong(from + offset));
        }
        if (offset < headerBytes) {
            Memory.putInt(to + offset, Memory.getInt(from + offset));
        }
    }

    /** Fills a record that no worker can reach, all but the header, and with "no route" for a next hop. Conductor only. */
    public void define(int index, int interfaceId, int underlay, int fixUp, int headerBytes) {
        if (headerBytes > MAX_HEADER_BYTES || headerBytes % Integer.BYTES != 0) {
            throw new IllegalArgumentException("a header of " + headerBytes + " bytes");
        }
        long record = record(index);
        Memory.putInt(record + NEXT_HOP, SpecialNextHops.NO_ROUTE);
        Memory.putInt(record + HEADER_BYTES, headerBytes);
        Memory.putInt(record + FIX_UP, fixUp);
        Memory.putInt(record + INTERFACE, interfaceId);
        Memory.putInt(record + UNDERLAY, underlay);
        Memory.putInt(record + ASSOCIATION, SecurityAssociationTable.NONE);
        Memory.putInt(record + ESP_OPTIONS, 0);
        Memory.putInt(record + EMULATED, 0);
        Memory.putInt(record + CLASS_PORT, NO_PORT);
        Memory.putInt(record + PATH_MTU, UNLIMITED);
        Memory.putInt(record + SEQUENCE, 0);
    }

    /** Changes the modes for the packets to come. Conductor only. */
    public void setModes(int index, int modes) {
        Memory.putInt(record(index) + MODES, modes);
    }

    /** Says between which addresses a tunnel is; before it sends. Conductor only. */
    public void setEnds(int index, long localHigh, long localLow, long remoteHigh, long remoteLow) {
        int counter = Identifications.counterOf(localHigh, localLow, remoteHigh, remoteLow);
        Memory.putInt(record(index) + IDENTIFICATIONS, counter);
    }

    /** Says what the security associations of an ESP tunnel have in common. Conductor only. */
    public void setEspOptions(int index, int options) {
        Memory.putInt(record(index) + ESP_OPTIONS, options);
    }

    /** What {@link #setEspOptions} said, or 0. Conductor only. */
    public int espOptions(int index) {
        return Memory.getInt(record(index) + ESP_OPTIONS);
    }

    /** Has what the tunnel sends from now on go by an emulated wire, or not. Conductor only. */
    public void setEmulated(int index, boolean isEmulated) {
        Memory.putInt(record(index) + EMULATED, isEmulated ? 1 : 0);
    }

    /** Charges the tunnel's packets to its class of a port from now on. Conductor only. */
    public void setClassPort(int index, int port) {
        Memory.putInt(record(index) + CLASS_PORT, port);
    }

    /** Charges the tunnel's packets to the interface they leave by from now on. Conductor only. */
    public void clearClassPort(int index) {
        setClassPort(index, NO_PORT);
    }

    /** Sends encapsulated packets on by another adjacency or group from now on; of that way no MTU is known. Conductor only. */
    public void setNextHop(int index, int nextHop) {
        Memory.putInt(record(index) + PATH_MTU, UNLIMITED);
        // Release: a worker that reads it (nextHop) also sees the adjacency or the group's row.
        UnsafeApi.putIntRelease(null, record(index) + NEXT_HOP, nextHop);
    }

    /** Encrypts packets by another security association from now on, or by none. Conductor only. */
    public void setAssociation(int index, int association) {
        // Release: a worker that reads it (association) also sees the association's record.
        UnsafeApi.putIntRelease(null, record(index) + ASSOCIATION, association);
    }
}
