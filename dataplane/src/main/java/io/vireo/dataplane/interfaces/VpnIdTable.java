package io.vireo.dataplane.interfaces;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * Which interface a frame belongs to, by its port, its VLAN and the VPN-ID that its packet says, or that a list of members says of it: a
 * hash table with chains; and for frames that say none, because ARP has no room for it, all interfaces of a port and VLAN that are found
 * so, in a list.
 *
 * <pre>
 *   chains: first interface + 1 of each       lists: first interface + 1 of each port and VLAN (a {@link PortVlanTable})
 *   links, per interface: 0  next in its chain, + 1      4  next in its list, + 1
 * </pre>
 *
 * Keys are read from the {@link InterfaceTable}. Single writer: the conductor. Readers: every worker, per packet that says a
 * VPN-ID. An interface is complete before it is chained, in one store; unchained, it keeps its links until every worker has
 * forgotten it, so a worker that stands on it finds the rest.
 */
public final class VpnIdTable {
    /** No interface. */
    public static final int NONE = -1;

    /** Interfaces of one port and VLAN: who looks for an ARP frame's owner goes through all of them. */
    public static final int MAX_PER_VLAN = 256;

    private static final int LINKS_SHIFT = 3;
    private static final int NEXT_IN_CHAIN = 0;
    private static final int NEXT_IN_LIST = 4;

    /** 2^64 divided by the golden ratio: spreads keys over the chains (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final InterfaceTable interfaces;
    private final PortVlanTable lists;
    private final long links;
    private final long chains;
    private final int chainMask;

    public VpnIdTable(InterfaceTable interfaces, int ports) {
        this.interfaces = interfaces;
        lists = new PortVlanTable(ports);
        links = new Region((long) interfaces.capacity() << LINKS_SHIFT).address();
        int chainCount = BitUtil.findNextPositivePowerOfTwo(interfaces.capacity());
        chainMask = chainCount - 1;
        chains = new Region((long) chainCount << 2).address();
    }

    /** The interface of a VPN on a port and VLAN, or {@link #NONE}. Plain reads: their partners are the releases of {@link #add}. */
    public int find(int port, int vlan, int vpnId) {
        int id = Memory.getInt(chain(port, vlan, vpnId)) - 1;
        while (id != NONE && !isOf(interfaces.record(id), port, vlan, vpnId)) {
            id = Memory.getInt(link(id) + NEXT_IN_CHAIN) - 1;
        }
        return id;
    }

    private static boolean isOf(long record, int port, int vlan, int vpnId) {
        return InterfaceTable.vpnId(record) == vpnId
                && InterfaceTable.port(record) == port
                && InterfaceTable.vlan(record) == vlan;
    }

    /** Some interface of a port and VLAN that is found by its VPN-ID, or {@link #NONE}. */
    public int first(int port, int vlan) {
        return lists.interfaceOf(port, vlan);
    }

    /** An interface of a port and VLAN whose MAC gives a {@link InterfaceTable#destinationMatch}, or {@link #NONE}. */
    public int ofMac(int port, int vlan, long destinationMatch) {
        int id = first(port, vlan);
        while (id != NONE && InterfaceTable.macMatch(interfaces.record(id)) != destinationMatch) {
            id = next(id);
        }
        return id;
    }

    /** An interface of a port and VLAN that has an IPv4 address of its own, or {@link #NONE}. */
    public int ofAddress(int port, int vlan, int address) {
        int id = first(port, vlan);
        while (id != NONE && interfaces.addresses().findIpv4(id, address) == InterfaceAddresses.NONE) {
            id = next(id);
        }
        return id;
    }

    /** As {@link #ofAddress}, of an IPv6 address. */
    public int ofIpv6Address(int port, int vlan, long high, long low) {
        int id = first(port, vlan);
        while (id != NONE && interfaces.addresses().findIpv6(id, high, low) == InterfaceAddresses.NONE) {
            id = next(id);
        }
        return id;
    }

    private int next(int id) {
        return Memory.getInt(link(id) + NEXT_IN_LIST) - 1;
    }

    /** How many interfaces of a port and VLAN there are. Conductor only. */
    public int count(int port, int vlan) {
        int count = 0;
        for (int id = first(port, vlan); id != NONE; id = next(id)) {
            count++;
        }
        return count;
    }

    /** Adds an interface that is not there, whose record is complete. Conductor only. */
    public void add(int id) {
        long record = interfaces.record(id);
        int port = InterfaceTable.port(record);
        int vlan = InterfaceTable.vlan(record);
        long chain = chain(port, vlan, InterfaceTable.vpnId(record));
        Memory.putInt(link(id) + NEXT_IN_CHAIN, Memory.getInt(chain));
        Memory.putInt(link(id) + NEXT_IN_LIST, first(port, vlan) + 1);
        // Release: a worker that finds the interface (find) also sees its record and its links.
        UnsafeApi.putIntRelease(null, chain, id + 1);
        lists.put(port, vlan, id);
    }

    /** Takes an interface out. Its id may be used anew once every worker has forgotten it. Conductor only. */
    public void remove(int id) {
        long record = interfaces.record(id);
        int port = InterfaceTable.port(record);
        int vlan = InterfaceTable.vlan(record);
        unlink(chain(port, vlan, InterfaceTable.vpnId(record)), id, NEXT_IN_CHAIN);
        int after = next(id);
        if (first(port, vlan) != id) {
            int before = first(port, vlan);
            while (next(before) != id) {
                before = next(before);
            }
            UnsafeApi.putIntRelease(null, link(before) + NEXT_IN_LIST, after + 1);
        } else if (after == NONE) {
            lists.remove(port, vlan);
        } else {
            lists.put(port, vlan, after);
        }
    }

    private void unlink(long from, int id, int which) {
        long link = from;
        while (Memory.getInt(link) != id + 1) {
            link = link(Memory.getInt(link) - 1) + which;
        }
        // Release: as in add; what follows was complete before.
        UnsafeApi.putIntRelease(null, link, Memory.getInt(link(id) + which));
    }

    private long chain(int port, int vlan, int vpnId) {
        long hash = ((((long) port << 12) | vlan) * GOLDEN + vpnId) * GOLDEN;
        return chains + ((hash >>> 32 & chainMask) << 2);
    }

    private long link(int id) {
        return links + ((long) id << LINKS_SHIFT);
    }
}
