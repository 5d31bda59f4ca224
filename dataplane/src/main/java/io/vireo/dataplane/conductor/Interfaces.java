package io.vireo.dataplane.conductor;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import java.util.Arrays;

/** The interfaces: checks what control asks for, and keeps the workers' tables in step. Single user: the conductor. */
final class Interfaces {
    /**
     * Rounds after which no worker holds anything of a removed interface: a round for the burst in hand, and as many as a full
     * {@link io.vireo.dataplane.path.arrive.LinkQueue} takes to drain.
     */
    static final int ROUNDS_UNTIL_FORGOTTEN = 64;

    private static final int NONE = -1;

    private final InterfaceTable table;
    private final PortVlanTable portVlans;
    private final Adjacencies adjacencies;
    private final Routers routers;
    private final Ports ports;
    private final StatisticsOwner statistics;
    private final GracePeriod grace;
    private final Refusal refusal;
    private final int maxFrameMtu;
    private final int[] linkedFrom;
    private final byte[] marks;
    private final boolean[] counted;
    private int count;

    /** @param maxFrameMtu longest IP packet that a packet buffer holds with its headers, bytes. */
    Interfaces(
            InterfaceTable table,
            PortVlanTable portVlans,
            Adjacencies adjacencies,
            Routers routers,
            Ports ports,
            StatisticsOwner statistics,
            GracePeriod grace,
            Refusal refusal,
            int maxFrameMtu) {
        this.table = table;
        this.portVlans = portVlans;
        this.adjacencies = adjacencies;
        this.routers = routers;
        this.ports = ports;
        this.statistics = statistics;
        this.grace = grace;
        this.refusal = refusal;
        this.maxFrameMtu = maxFrameMtu;
        linkedFrom = new int[table.capacity()];
        marks = new byte[table.capacity()];
        counted = new boolean[table.capacity()];
        Arrays.fill(linkedFrom, NONE);
    }

    /** Creates an access interface, or changes MAC and MTU of the one there is. */
    boolean addAccess(int id, int router, int port, int vlan, long mac, int mtu) {
        if (!routers.check(router) || !ports.check(port) || !checkMtu(mtu, ports.mtu(port))) {
            return false;
        }
        if (isPresent(id)) {
            return isSameAccess(id, router, port, vlan) && change(id, mac, mtu);
        }
        if (linkedFrom[id] != NONE) {
            return refusal.because(
                    CommandResult.IN_USE, "interfaceId: interface ", linkedFrom[id], " expects a link's end here");
        }
        int holder = portVlans.interfaceOf(port, vlan);
        if (holder >= 0) {
            return refusal.because(
                    CommandResult.IN_USE, "vlan: port and VLAN already belong to interface ", holder, "");
        }
        forget(id);
        table.defineAccess(id, router, routers.table4(router), routers.table6(router), port, vlan);
        open(id, mac, mtu);
        portVlans.put(port, vlan, id);
        ports.interfaceAdded(port);
        return true;
    }

    private boolean isSameAccess(int id, int router, int port, int vlan) {
        long record = table.record(id);
        if (InterfaceTable.kind(record) != InterfaceTable.ACCESS) {
            return refuseChange("kind", id);
        }
        if (InterfaceTable.router(record) != router) {
            return refuseChange("routerId", id);
        }
        if (InterfaceTable.port(record) != port) {
            return refuseChange("portId", id);
        }
        return InterfaceTable.vlan(record) == vlan || refuseChange("vlan", id);
    }

    /** Creates an end of an internal link, or changes MAC and MTU of the one there is. The other end may come later. */
    boolean addLink(int id, int router, int peer, long mac, int mtu) {
        if (!routers.check(router) || !checkMtu(mtu, maxFrameMtu)) {
            return false;
        }
        if (isPresent(id)) {
            return isSameLink(id, router, peer) && change(id, mac, mtu);
        }
        if (!checkPeer(id, peer)) {
            return false;
        }
        forget(id);
        table.defineLink(id, router, routers.table4(router), routers.table6(router), peer);
        linkedFrom[peer] = id;
        open(id, mac, mtu);
        return true;
    }

    private boolean isSameLink(int id, int router, int peer) {
        long record = table.record(id);
        if (InterfaceTable.kind(record) != InterfaceTable.LINK) {
            return refuseChange("kind", id);
        }
        if (InterfaceTable.router(record) != router) {
            return refuseChange("routerId", id);
        }
        return InterfaceTable.peer(record) == peer || refuseChange("peerInterfaceId", id);
    }

    private boolean checkPeer(int id, int peer) {
        if (peer == id) {
            return refusal.because(CommandResult.INVALID, "peerInterfaceId: interface ", id, " cannot be its own peer");
        }
        if (linkedFrom[peer] != NONE && linkedFrom[peer] != id) {
            return refusal.because(
                    CommandResult.IN_USE, "peerInterfaceId: already the other end of interface ", linkedFrom[peer], "");
        }
        if (linkedFrom[id] != NONE && linkedFrom[id] != peer) {
            return refusal.because(
                    CommandResult.IN_USE, "interfaceId: interface ", linkedFrom[id], " expects a link's end here");
        }
        long record = table.record(peer);
        if (isPresent(peer)
                && (InterfaceTable.kind(record) != InterfaceTable.LINK || InterfaceTable.peer(record) != id)) {
            return refusal.because(
                    CommandResult.INVALID, "peerInterfaceId: interface ", peer, " is not the other end of this link");
        }
        return true;
    }

    private boolean refuseChange(String field, int id) {
        refusal.because(CommandResult.IN_USE, field);
        return refusal.append(": interface ", id, " exists with another value; remove it first");
    }

    private boolean checkMtu(int mtu, int limit) {
        int most = Math.min(limit, maxFrameMtu);
        return mtu <= most
                || refusal.because(
                        CommandResult.INVALID, "mtu: the port and the packet buffers allow at most ", most, " bytes");
    }

    /** Makes sure that no worker still means the interface that had this id before. */
    private void forget(int id) {
        if (counted[id]) {
            grace.await(ROUNDS_UNTIL_FORGOTTEN);
            statistics.zeroInterface(id);
        }
        counted[id] = true;
    }

    private void open(int id, long mac, int mtu) {
        table.setMac(id, mac);
        table.setMtu(id, mtu);
        table.setState(id, InterfaceTable.UP);
        routers.interfaceAdded(InterfaceTable.router(table.record(id)));
        count++;
    }

    private boolean change(int id, long mac, int mtu) {
        long record = table.record(id);
        if (InterfaceTable.mtu(record) != mtu || InterfaceTable.mac(record) != mac) {
            table.setMac(id, mac);
            table.setMtu(id, mtu);
            adjacencies.interfaceChanged(id);
        }
        return true;
    }

    /** Takes an interface away. Its neighbours must have been removed from the routes before; routes over it drop. */
    void remove(int id) {
        long record = table.record(id);
        if (InterfaceTable.kind(record) == InterfaceTable.ACCESS) {
            portVlans.remove(InterfaceTable.port(record), InterfaceTable.vlan(record));
            ports.interfaceRemoved(InterfaceTable.port(record));
        } else {
            linkedFrom[InterfaceTable.peer(record)] = NONE;
        }
        table.setState(id, InterfaceTable.ABSENT);
        for (int a = adjacencies.anyOf(id); a != Adjacencies.NONE; a = adjacencies.anyOf(id)) {
            adjacencies.orphan(a);
        }
        routers.interfaceRemoved(InterfaceTable.router(record));
        count--;
    }

    /** Opens or closes an interface for packets in both directions. */
    void setUp(int id, boolean up) {
        table.setState(id, up ? InterfaceTable.UP : InterfaceTable.DOWN);
        adjacencies.interfaceChanged(id);
    }

    boolean isPresent(int id) {
        return InterfaceTable.state(table.record(id)) != InterfaceTable.ABSENT;
    }

    /** Refuses when there is no such interface. */
    boolean check(int id) {
        return isPresent(id) || refusal.because(CommandResult.NOT_FOUND, "interfaceId: there is no interface ", id, "");
    }

    int router(int id) {
        return InterfaceTable.router(table.record(id));
    }

    byte mark(int id) {
        return marks[id];
    }

    void mark(int id, byte mark) {
        marks[id] = mark;
    }

    int capacity() {
        return table.capacity();
    }

    int count() {
        return count;
    }
}
