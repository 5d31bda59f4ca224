package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.interfaces.FrameMark;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Arrays;

/**
 * The conductor's state of adjacencies: which interface and address each is for, who refers to it, and the neighbour's MAC.
 * Keeps the workers' {@link AdjacencyTable} in step. Allocates nothing after construction. Single user: the conductor.
 *
 * <p>An adjacency lives while a route or group refers to it or its neighbour is known. Address 0 stands for the interface
 * itself: routes that are on-link lead there, and the packet is punted, so that the kernel resolves the destination. One with labels has
 * another beneath it, to which it refers, by which its packets leave; no neighbour is ever known by it. When an
 * interface goes, its adjacencies are orphaned: they drop, and nobody finds them any more, until the last reference goes.
 */
public final class Adjacencies {
    /** No such adjacency, or no room for one more. */
    public static final int NONE = -1;

    /** {@link #neighbourMac} while it is not known. */
    public static final long UNKNOWN_MAC = -1;

    private static final int EGRESS_DOWN = Disposition.drop(DropReason.EGRESS_DOWN);
    private static final int NEIGHBOUR_UNKNOWN = Disposition.punt(PuntReason.NEIGHBOUR_UNKNOWN);
    private static final int GATEWAY_UNKNOWN = Disposition.punt(PuntReason.GATEWAY_UNKNOWN);
    private static final int ORPHAN = -1;

    /** In place of a family: it is where what a virtual link sends leaves by, whatever it is for. */
    private static final int WIRE = 0;

    /** 2^64 divided by the golden ratio: spreads keys over the chains (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final AdjacencyTable table;
    private final InterfaceTable interfaces;
    private final IndexPool pool;
    private final int[] chains;
    private final int[] nextInChain;
    private final int[] interfaceIds;
    private final byte[] families;
    private final long[] highs;
    private final long[] lows;
    private final long[] macs;
    private final int[] references;
    private final int[] beneath;
    private final byte[] marks;
    private final int[] firstOfInterface;
    private final int[] next;
    private final int[] previous;
    private int neighbours;

    public Adjacencies(AdjacencyTable table, InterfaceTable interfaces, QuiescentState quiescent) {
        int capacity = table.capacity();
        this.table = table;
        this.interfaces = interfaces;
        pool = new IndexPool(SpecialNextHops.COUNT, capacity, quiescent);
        chains = new int[Integer.highestOneBit(capacity) << 1];
        nextInChain = new int[capacity];
        interfaceIds = new int[capacity];
        families = new byte[capacity];
        highs = new long[capacity];
        lows = new long[capacity];
        macs = new long[capacity];
        references = new int[capacity];
        beneath = new int[capacity];
        marks = new byte[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        firstOfInterface = new int[interfaces.capacity()];
        Arrays.fill(chains, NONE);
        Arrays.fill(interfaceIds, ORPHAN);
        Arrays.fill(macs, UNKNOWN_MAC);
        Arrays.fill(beneath, NONE);
        Arrays.fill(firstOfInterface, NONE);
    }

    /** The adjacency of an address on a present interface, or {@link #NONE}. */
    public int find(int interfaceId, AddressFamily family, long high, long low) {
        int adjacency = chains[chain(interfaceId, family.code(), high, low)];
        while (adjacency != NONE && !isFor(adjacency, interfaceId, family.code(), high, low)) {
            adjacency = nextInChain[adjacency];
        }
        return adjacency;
    }

    /** The adjacency of an address on a present interface, made if need be, with one reference more; or {@link #NONE}. */
    public int acquire(int interfaceId, AddressFamily family, long high, long low) {
        int adjacency = find(interfaceId, family, high, low);
        if (adjacency == NONE) {
            adjacency = create(interfaceId, family, high, low);
        }
        if (adjacency != NONE) {
            references[adjacency]++;
        }
        return adjacency;
    }

    /**
     * The adjacency of a next hop with labels, made if need be, with one reference more; or {@link #NONE}.
     *
     * @param hop place of the next hop.
     */
    int acquireLabelled(AddressFamily family, NextHops hops, int hop) {
        int plain = acquire(hops.interfaceId(hop), family, hops.gatewayHigh(hop), hops.gatewayLow(hop));
        if (plain == NONE) {
            return NONE;
        }
        int adjacency = chains[labelledChain(plain)];
        while (adjacency != NONE
                && !(beneath[adjacency] == plain && table.labels().isSame(adjacency, hops, hop))) {
            adjacency = nextInChain[adjacency];
        }
        if (adjacency != NONE) {
            release(plain); // it holds one of its own
        } else {
            adjacency = createLabelled(plain, hops, hop);
        }
        if (adjacency != NONE) {
            references[adjacency]++;
        }
        return adjacency;
    }

    /** Takes over the reference to what is beneath. */
    private int createLabelled(int plain, NextHops hops, int hop) {
        int adjacency = pool.take();
        if (adjacency == NONE) {
            release(plain);
            return NONE;
        }
        beneath[adjacency] = plain;
        set(adjacency, interfaceIds[plain], families[plain], highs[plain], lows[plain]);
        table.defineLabelled(adjacency, interfaceIds[plain], plain, hops, hop);
        table.setAddress(adjacency, highs[plain], lows[plain]);
        publish(adjacency);
        return adjacency;
    }

    /** One reference more to an adjacency that lives. */
    public void retain(int adjacency) {
        references[adjacency]++;
    }

    /** One reference less; the last one ends an adjacency without neighbour. */
    public void release(int adjacency) {
        references[adjacency]--;
        endIfUnused(adjacency);
    }

    /**
     * Learns a neighbour's MAC. The workers use it at once.
     *
     * @return the adjacency, or {@link #NONE} when there is no room.
     */
    public int learn(int interfaceId, AddressFamily family, long high, long low, long mac) {
        int adjacency = find(interfaceId, family, high, low);
        if (adjacency == NONE) {
            adjacency = create(interfaceId, family, high, low);
        }
        if (adjacency != NONE && macs[adjacency] != mac) {
            neighbours += macs[adjacency] == UNKNOWN_MAC ? 1 : 0;
            macs[adjacency] = mac;
            publish(adjacency);
        }
        return adjacency;
    }

    /** Forgets a neighbour's MAC: its packets are punted again. */
    public void forget(int adjacency) {
        if (macs[adjacency] != UNKNOWN_MAC) {
            neighbours--;
            macs[adjacency] = UNKNOWN_MAC;
            publish(adjacency);
        }
        endIfUnused(adjacency);
    }

    /** Brings every adjacency of an interface in step with its MAC, MTU and state. */
    public void interfaceChanged(int interfaceId) {
        for (int a = firstOfInterface[interfaceId]; a != NONE; a = next[a]) {
            publish(a);
        }
    }

    /** As {@link #interfaceChanged}, of whether the wire of a port's or link's interface is emulated. */
    public void targetChanged(int interfaceId) {
        int target = InterfaceTable.target(interfaces.record(interfaceId));
        for (int a = firstOfInterface[interfaceId]; a != NONE; a = next[a]) {
            table.setTarget(a, target);
        }
    }

    /** Some adjacency of an interface, or {@link #NONE}: for who takes an interface apart. */
    public int anyOf(int interfaceId) {
        return firstOfInterface[interfaceId];
    }

    /** Another adjacency of the same interface, or {@link #NONE}. */
    public int nextOf(int adjacency) {
        return next[adjacency];
    }

    /** Cuts an adjacency off from its interface, which is going: its packets are dropped from now on. */
    public void orphan(int adjacency) {
        table.setDisposition(adjacency, EGRESS_DOWN);
        unchain(adjacency);
        unlink(adjacency);
        interfaceIds[adjacency] = ORPHAN;
        if (macs[adjacency] != UNKNOWN_MAC) {
            neighbours--;
            macs[adjacency] = UNKNOWN_MAC;
        }
        endIfUnused(adjacency);
    }

    /**
     * The adjacency by which the frames of a virtual link leave, with one reference; or {@link #NONE}. Nobody finds it, and no neighbour
     * changes it: its header is always the same.
     *
     * @param destination MAC of the far end, first octet most significant.
     * @param source likewise.
     * @param tag VLAN and priority (IEEE 802.1Q §9.6), 0 = untagged.
     * @param mtuBytes of what is behind the Ethernet header.
     */
    public int acquireWire(int interfaceId, int port, long destination, long source, int tag, int mtuBytes) {
        int adjacency = take(interfaceId, WIRE, 0, 0);
        if (adjacency == NONE) {
            return NONE;
        }
        int headerBytes = tag == 0 ? Ethernet.HEADER_BYTES : Ethernet.TAGGED_HEADER_BYTES;
        table.define(adjacency, interfaceId, port, headerBytes);
        table.setAddress(adjacency, 0, 0);
        table.setHeader(adjacency, destination, source, tag);
        table.setMtu(adjacency, mtuBytes);
        table.setDisposition(adjacency, Disposition.FORWARD);
        references[adjacency]++;
        return adjacency;
    }

    private int create(int interfaceId, AddressFamily family, long high, long low) {
        int adjacency = take(interfaceId, family.code(), high, low);
        if (adjacency == NONE) {
            return NONE;
        }
        define(adjacency, interfaceId);
        table.setAddress(adjacency, high, low);
        publish(adjacency);
        return adjacency;
    }

    private int take(int interfaceId, int family, long high, long low) {
        int adjacency = pool.take();
        if (adjacency != NONE) {
            set(adjacency, interfaceId, family, high, low);
        }
        return adjacency;
    }

    private void set(int adjacency, int interfaceId, int family, long high, long low) {
        interfaceIds[adjacency] = interfaceId;
        families[adjacency] = (byte) family;
        highs[adjacency] = high;
        lows[adjacency] = low;
        enchain(adjacency);
        link(adjacency, interfaceId);
    }

    private void define(int adjacency, int interfaceId) {
        long record = interfaces.record(interfaceId);
        switch (InterfaceTable.kind(record)) {
            case ACCESS, LINK ->
                table.define(adjacency, interfaceId, InterfaceTable.target(record), headerBytes(record));
            case TUNNEL ->
                table.defineMidChain(
                        adjacency,
                        interfaceId,
                        InterfaceTable.encapsulation(record),
                        FrameMark.isSet(record) ? Ethernet.HEADER_BYTES : 0);
            case SUBSTRATE -> table.defineMidChain(adjacency, interfaceId, InterfaceTable.encapsulation(record), 0);
        }
    }

    private static int headerBytes(long record) {
        boolean isTagged = InterfaceTable.vlan(record) != 0;
        return isTagged ? Ethernet.TAGGED_HEADER_BYTES : Ethernet.HEADER_BYTES;
    }

    /** Shows the workers header, MTU and disposition as they are now. */
    private void publish(int adjacency) {
        long record = interfaces.record(interfaceIds[adjacency]);
        long mac = macs[adjacency];
        if (families[adjacency] == WIRE) {
            boolean isDown = InterfaceTable.state(record) == InterfaceTable.DOWN;
            table.setDisposition(adjacency, isDown ? EGRESS_DOWN : Disposition.FORWARD);
            return;
        }
        if (beneath[adjacency] != NONE) {
            table.setMtu(adjacency, InterfaceTable.mtu(record)); // the labels count to it
            table.setDisposition(adjacency, AdjacencyTable.LABELLED);
            return;
        }
        table.setMarking(adjacency, InterfaceTable.marking(record) != InterfaceTable.UNMARKED);
        table.setMtu(adjacency, InterfaceTable.mtu(record));
        if (InterfaceTable.state(record) == InterfaceTable.DOWN) {
            table.setDisposition(adjacency, EGRESS_DOWN);
        } else if (InterfaceTable.isWrapping(record) && !FrameMark.isSet(record)) {
            table.setDisposition(adjacency, Disposition.FORWARD); // whatever the address: it is the far end's business
        } else if (mac == UNKNOWN_MAC) {
            table.setDisposition(adjacency, isOnLink(adjacency) ? NEIGHBOUR_UNKNOWN : GATEWAY_UNKNOWN);
        } else {
            long source = InterfaceTable.mac(record);
            table.setHeader(adjacency, mac, source, InterfaceTable.vlan(record));
            table.setDisposition(adjacency, Disposition.FORWARD);
        }
    }

    private void endIfUnused(int adjacency) {
        if (references[adjacency] > 0 || macs[adjacency] != UNKNOWN_MAC) {
            return;
        }
        if (interfaceIds[adjacency] != ORPHAN) {
            unchain(adjacency);
            unlink(adjacency);
            interfaceIds[adjacency] = ORPHAN;
        }
        int plain = beneath[adjacency];
        beneath[adjacency] = NONE;
        pool.retire(adjacency);
        if (plain != NONE) {
            release(plain);
        }
    }

    private boolean isFor(int adjacency, int interfaceId, int family, long high, long low) {
        return interfaceIds[adjacency] == interfaceId
                && beneath[adjacency] == NONE
                && families[adjacency] == family
                && highs[adjacency] == high
                && lows[adjacency] == low;
    }

    private void enchain(int adjacency) {
        int chain = chainOf(adjacency);
        nextInChain[adjacency] = chains[chain];
        chains[chain] = adjacency;
    }

    private void unchain(int adjacency) {
        int chain = chainOf(adjacency);
        if (chains[chain] == adjacency) {
            chains[chain] = nextInChain[adjacency];
            return;
        }
        int before = chains[chain];
        while (nextInChain[before] != adjacency) {
            before = nextInChain[before];
        }
        nextInChain[before] = nextInChain[adjacency];
    }

    private int chainOf(int adjacency) {
        return beneath[adjacency] != NONE
                ? labelledChain(beneath[adjacency])
                : chain(interfaceIds[adjacency], families[adjacency], highs[adjacency], lows[adjacency]);
    }

    private int labelledChain(int plain) {
        return (int) ((plain * GOLDEN) >>> 32) & (chains.length - 1);
    }

    private int chain(int interfaceId, int family, long high, long low) {
        long hash = (high * GOLDEN + low) * GOLDEN + ((long) interfaceId << 3) + family;
        hash *= GOLDEN;
        return (int) (hash >>> 32) & (chains.length - 1);
    }

    private void link(int adjacency, int interfaceId) {
        int first = firstOfInterface[interfaceId];
        next[adjacency] = first;
        previous[adjacency] = NONE;
        if (first != NONE) {
            previous[first] = adjacency;
        }
        firstOfInterface[interfaceId] = adjacency;
    }

    private void unlink(int adjacency) {
        if (previous[adjacency] == NONE) {
            firstOfInterface[interfaceIds[adjacency]] = next[adjacency];
        } else {
            next[previous[adjacency]] = next[adjacency];
        }
        if (next[adjacency] != NONE) {
            previous[next[adjacency]] = previous[adjacency];
        }
    }

    /** A number for what it is for, which is the same in every life of the data plane as long as interfaces keep their ids. */
    long identity(int adjacency) {
        long address = (highs[adjacency] * GOLDEN + lows[adjacency]) * GOLDEN + interfaceIds[adjacency];
        return beneath[adjacency] == NONE ? address : address * GOLDEN + hashOfLabels(adjacency);
    }

    private int hashOfLabels(int adjacency) {
        long labels = table.labels().record(adjacency);
        int hash = 1;
        for (int n = 0; n < PushedLabels.count(labels); n++) {
            hash = 31 * hash + PushedLabels.entry(labels, n);
        }
        return hash;
    }

    /** Lists a next hop with the labels of an adjacency. */
    void describe(int adjacency, int weight, NextHops into) {
        into.add(interfaceIds[adjacency], highs[adjacency], lows[adjacency], weight);
        if (beneath[adjacency] != NONE) {
            table.labels().describe(adjacency, into);
        }
    }

    /** Whether its interface is there and its neighbour known. */
    public boolean isNeighbour(int adjacency) {
        return macs[adjacency] != UNKNOWN_MAC;
    }

    /** Whether it stands for the interface itself and not for an address there. */
    public boolean isOnLink(int adjacency) {
        return (highs[adjacency] | lows[adjacency]) == 0 && beneath[adjacency] == NONE;
    }

    /** The interface, or -1 once it is gone. */
    public int interfaceId(int adjacency) {
        return interfaceIds[adjacency];
    }

    public int family(int adjacency) {
        return families[adjacency];
    }

    public long high(int adjacency) {
        return highs[adjacency];
    }

    public long low(int adjacency) {
        return lows[adjacency];
    }

    public long neighbourMac(int adjacency) {
        return macs[adjacency];
    }

    /** The resynchronisation in which the neighbour was last added. */
    public byte mark(int adjacency) {
        return marks[adjacency];
    }

    public void mark(int adjacency, byte mark) {
        marks[adjacency] = mark;
    }

    /** Neighbours known now. */
    public int neighbourCount() {
        return neighbours;
    }

    /** Adjacencies in use, those included that workers have yet to forget. */
    public int used() {
        return pool.used();
    }

    /** Walks over all adjacencies start at {@link SpecialNextHops#COUNT} and end before this. */
    public int end() {
        return pool.end();
    }

    /** Frees at most {@code limit} ended adjacencies that no worker can still see; returns how many. */
    public int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
