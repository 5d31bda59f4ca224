package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.tables.Region;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dpdk.Memory;
import org.agrona.UnsafeApi;

/**
 * One record of a cache line per interface, in native memory.
 *
 * <pre>
 *    0  MAC match: the MAC, shifted as {@link #destinationMatch} says; the lowest bit is set unless the state is UP, the next
 *       one while it has a list of members
 *    8  virtual router
 *   12  state: {@link #ABSENT}, {@link #DOWN}, {@link #UP}
 *   16  IPv4 table        20  IPv6 table
 *   24  kind: code of an {@link InterfaceKind}
 *   28  port (ACCESS, SUBSTRATE), else -1     32  VLAN (ACCESS, SUBSTRATE), 0 = untagged
 *   36  peer interface (LINK); by which what comes in leaves again (SUBSTRATE), or -1
 *   40  MTU, bytes of IP packet
 *   44  encapsulation (TUNNEL, SUBSTRATE)
 *   48  target of what it sends (all but TUNNEL): see {@link TxFrames#target}
 *   52  marking (ACCESS): {@link #UNMARKED}, {@link #GUARDED}, {@link #SHARED}, or the VnsOption by which packets are marked
 *   56  VPN-ID (ACCESS with a marking of an option, or SHARED)
 *   60  whether Ethernet frames are inside (TUNNEL): see {@link FrameMark}; whether labels may come in (ACCESS): {@link InterfaceLabels}
 * </pre>
 *
 * Single writer: the conductor. Readers: every worker, per packet. Router, tables, kind and what it is attached to never change while
 * it is present, and an id is given to another router only after every worker has forgotten the old one; so workers read these fields
 * plainly. MAC match, state, MTU and target may change under them, each in one store; so may the marking, between UNMARKED and GUARDED,
 * and whether it takes labels.
 */
public final class InterfaceTable {
    public static final int ABSENT = 0;
    public static final int DOWN = 1;
    public static final int UP = 2;
    /** Packets leave by the interface as they are. */
    public static final int UNMARKED = 0;
    /** Interfaces that are found by VPN-IDs share port and VLAN with this one, so what leaves by it must say none. */
    public static final int GUARDED = -1;

    /** It shares port and VLAN with one whose list of members says what comes in by it; what leaves must say no other VPN's VPN-ID. */
    public static final int SHARED = -2;

    private static final int RECORD_SHIFT = 6;
    private static final int MAC_MATCH = 0;
    private static final int ROUTER = 8;
    private static final int STATE = 12;
    private static final int TABLE4 = 16;
    private static final int TABLE6 = 20;
    private static final int KIND = 24;
    private static final int PORT = 28;
    private static final int VLAN = 32;
    private static final int PEER = 36;
    private static final int MTU = 40;
    private static final int ENCAPSULATION = 44;
    private static final int TARGET = 48;
    private static final int MARKING = 52;
    private static final int VPN_ID = 56;

    private static final long NOT_UP = 1;
    private static final InterfaceKind[] KINDS = kindsByCode();

    private final long base;
    private final int capacity;
    private final SecondaryMacs secondaryMacs;
    private final InterfaceAddresses addresses;
    private final VirtualLinkTable virtualLinks;

    public InterfaceTable(int capacity) {
        this.capacity = capacity;
        secondaryMacs = new SecondaryMacs(capacity);
        addresses = new InterfaceAddresses(capacity);
        virtualLinks = new VirtualLinkTable(capacity);
        base = new Region((long) capacity << RECORD_SHIFT).address();
        for (int id = 0; id < capacity; id++) {
            putMacMatch(id, 0, ABSENT);
        }
    }

    private static InterfaceKind[] kindsByCode() {
        InterfaceKind[] kinds = InterfaceKind.values();
        InterfaceKind[] byCode = new InterfaceKind[kinds.length + 1]; // codes begin with 1
        for (InterfaceKind kind : kinds) {
            byCode[kind.code()] = kind;
        }
        return byCode;
    }

    public int capacity() {
        return capacity;
    }

    /** Address of the record of an interface, for the accessors that take one. The id is not checked. */
    public long record(int interfaceId) {
        return base + ((long) interfaceId << RECORD_SHIFT);
    }

    /** The MAC addresses of interfaces beyond their own. */
    public SecondaryMacs secondaryMacs() {
        return secondaryMacs;
    }

    /** The addresses for which the data plane answers. */
    public InterfaceAddresses addresses() {
        return addresses;
    }

    /** By which frames the interfaces of kind SUBSTRATE are found. */
    public VirtualLinkTable virtualLinks() {
        return virtualLinks;
    }

    /** What {@link #destinationMatch} gives for the frames that the interface, being up, takes on the fast path; {@link MemberMark}. */
    public static long macMatch(long record) {
        return Memory.getLong(record + MAC_MATCH);
    }

    /** The frame's destination match: its destination address, out of a little-endian load of its first 8 bytes. */
    public static long destinationMatch(long firstWord) {
        return firstWord << Short.SIZE;
    }

    /** The MAC as the first word of a frame for the interface has it, with two bytes of zeros behind. */
    public static long destinationOf(long record) {
        return macMatch(record) >>> Short.SIZE;
    }

    /** The MAC, first octet most significant. */
    public static long mac(long record) {
        return Long.reverseBytes(macMatch(record)) & Ethernet.MAC_MASK;
    }

    public static int router(long record) {
        return Memory.getInt(record + ROUTER);
    }

    /** Plain read, as that of {@link #macMatch}; the partner is the release in {@link #setState}. */
    public static int state(long record) {
        return Memory.getInt(record + STATE);
    }

    public static int table4(long record) {
        return Memory.getInt(record + TABLE4);
    }

    public static int table6(long record) {
        return Memory.getInt(record + TABLE6);
    }

    public static InterfaceKind kind(long record) {
        return KINDS[Memory.getInt(record + KIND)];
    }

    public static int port(long record) {
        return Memory.getInt(record + PORT);
    }

    public static int vlan(long record) {
        return Memory.getInt(record + VLAN);
    }

    public static int peer(long record) {
        return Memory.getInt(record + PEER);
    }

    public static int mtu(long record) {
        return Memory.getInt(record + MTU);
    }

    /** Where frames go that it sends: a port or a link's far end, by an emulated wire or not. None of a tunnel. */
    public static int target(long record) {
        return Memory.getInt(record + TARGET);
    }

    /** What becomes of packets that leave: {@link #UNMARKED}, {@link #GUARDED}, {@link #SHARED}, or the option that they must have. */
    public static int marking(long record) {
        return Memory.getInt(record + MARKING);
    }

    /** The VPN-ID of an interface that is found by it. */
    public static int vpnId(long record) {
        return Memory.getInt(record + VPN_ID);
    }

    /** Whether packets leave by a port of its own: then a class of its own can only be one of that port. */
    public static boolean hasPort(long record) {
        return port(record) >= 0;
    }

    /** Whether packets are wrapped that leave by it: then there is one far end that gets them all, and neighbours are not resolved. */
    public static boolean isWrapping(long record) {
        return switch (kind(record)) {
            case ACCESS, LINK -> false;
            case TUNNEL, SUBSTRATE -> true;
        };
    }

    /** Index of the encapsulation of an interface that {@linkplain #isWrapping wraps}. */
    public static int encapsulation(long record) {
        return Memory.getInt(record + ENCAPSULATION);
    }

    /** Fills an absent record; {@link #setState} then shows it to the workers. Conductor only. */
    public void defineAccess(int interfaceId, int router, int table4, int table6, int port, int vlan) {
        long record = define(interfaceId, router, table4, table6, InterfaceKind.ACCESS);
        Memory.putInt(record + PORT, port);
        Memory.putInt(record + VLAN, vlan);
        Memory.putInt(record + PEER, -1);
        Memory.putInt(record + TARGET, port);
    }

    /** Fills an absent record of a link's end; {@link #setState} then shows it to the workers. Conductor only. */
    public void defineLink(int interfaceId, int router, int table4, int table6, int peerInterfaceId) {
        long record = define(interfaceId, router, table4, table6, InterfaceKind.LINK);
        Memory.putInt(record + PORT, -1);
        Memory.putInt(record + VLAN, 0);
        Memory.putInt(record + PEER, peerInterfaceId);
        Memory.putInt(record + TARGET, ~peerInterfaceId);
    }

    /** Fills an absent record of a tunnel's end; {@link #setState} then shows it to the workers. Conductor only. */
    public void defineTunnel(int interfaceId, int router, int table4, int table6, int encapsulation, boolean frames) {
        long record = define(interfaceId, router, table4, table6, InterfaceKind.TUNNEL);
        Memory.putInt(record + PORT, -1);
        Memory.putInt(record + VLAN, 0);
        Memory.putInt(record + PEER, -1);
        Memory.putInt(record + ENCAPSULATION, encapsulation);
        FrameMark.set(record, frames);
    }

    /** Fills an absent record of a virtual link's end on a port; {@link #setState} then shows it to the workers. Conductor only. */
    public void defineSubstrate(
            int interfaceId, int router, int table4, int table6, int port, int vlan, int peer, int encapsulation) {
        long record = define(interfaceId, router, table4, table6, InterfaceKind.SUBSTRATE);
        Memory.putInt(record + PORT, port);
        Memory.putInt(record + VLAN, vlan);
        Memory.putInt(record + PEER, peer);
        Memory.putInt(record + TARGET, port);
        Memory.putInt(record + ENCAPSULATION, encapsulation);
    }

    @SuppressWarnings("EnumOrdinal") // memory of this process only: never older or newer than the enum
    private long define(int interfaceId, int router, int table4, int table6, InterfaceKind kind) {
        long record = record(interfaceId);
        Memory.putInt(record + ROUTER, router);
        Memory.putInt(record + TABLE4, table4);
        Memory.putInt(record + TABLE6, table6);
        Memory.putInt(record + KIND, kind.code());
        Memory.putInt(record + MARKING, UNMARKED);
        Memory.putInt(record + VPN_ID, 0);
        MemberMark.set(record, false);
        FrameMark.set(record, false);
        return record;
    }

    /** Has what a port's or link's interface sends go by an emulated wire first, or no longer. Conductor only. */
    public void setEmulated(int interfaceId, boolean isEmulated) {
        long record = record(interfaceId);
        int target = target(record);
        // Release: a worker that reads the mark (target) also sees the emulation published before.
        UnsafeApi.putIntRelease(
                null, record + TARGET, isEmulated ? TxFrames.emulated(target) : TxFrames.unemulated(target));
    }

    /** Marks what leaves by an access interface, with the VPN-ID by which it is found too; or guards it. Conductor only. */
    public void setMarking(int interfaceId, int marking, int vpnId) {
        Memory.putInt(record(interfaceId) + VPN_ID, vpnId);
        Memory.putInt(record(interfaceId) + MARKING, marking);
    }

    /** Sets the MAC, whose first octet is most significant. Conductor only. */
    public void setMac(int interfaceId, long mac) {
        putMacMatch(interfaceId, mac, state(record(interfaceId)));
    }

    /** Sets the longest IP packet, bytes. Conductor only. */
    public void setMtu(int interfaceId, int mtuBytes) {
        Memory.putInt(record(interfaceId) + MTU, mtuBytes);
    }

    /** Shows the record to the workers, or takes it from them. Conductor only. */
    public void setState(int interfaceId, int state) {
        long record = record(interfaceId);
        // Release: a worker that reads the state (state) also sees the fields stored before.
        UnsafeApi.putIntRelease(null, record + STATE, state);
        putMacMatch(interfaceId, mac(record), state);
    }

    private void putMacMatch(int interfaceId, long mac, int state) {
        // Release, as in setState: most workers look at this word only.
        UnsafeApi.putLongRelease(
                null,
                record(interfaceId) + MAC_MATCH,
                Long.reverseBytes(mac) | (state == UP ? 0 : NOT_UP) | (macMatch(record(interfaceId)) & MemberMark.BIT));
    }
}
