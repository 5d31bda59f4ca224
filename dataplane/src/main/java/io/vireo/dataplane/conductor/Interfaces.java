package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.interfaces.CrossingMark;
import io.vireo.dataplane.interfaces.InterfaceLabels;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.interfaces.SecondaryMacs;
import io.vireo.dataplane.interfaces.VpnIdTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.path.PathLimits;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.command.InterfaceCommandHandler;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.Arrays;

/** The interfaces: checks what control asks for, and keeps the workers' tables in step. Single user: the conductor. */
final class Interfaces implements InterfaceCommandHandler {
    private static final int NONE = -1;

    private final InterfaceTable table;
    private final PortVlanTable portVlans;
    private final VpnIdTable vpnIds;
    private final Adjacencies adjacencies;
    private final Routers routers;
    private final Ports ports;
    private final Tunnels tunnels;
    private final VirtualLinkEnds virtualLinks;
    private final StatisticsOwner statistics;
    private final GracePeriod grace;
    private final Dependents dependents;
    private final ResyncMark mark;
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
            VpnIdTable vpnIds,
            Adjacencies adjacencies,
            Routers routers,
            Ports ports,
            Tunnels tunnels,
            VirtualLinkEnds virtualLinks,
            StatisticsOwner statistics,
            GracePeriod grace,
            Dependents dependents,
            ResyncMark mark,
            Refusal refusal,
            int maxFrameMtu) {
        this.table = table;
        this.portVlans = portVlans;
        this.vpnIds = vpnIds;
        this.adjacencies = adjacencies;
        this.routers = routers;
        this.ports = ports;
        this.tunnels = tunnels;
        this.virtualLinks = virtualLinks;
        this.statistics = statistics;
        this.grace = grace;
        this.dependents = dependents;
        this.mark = mark;
        this.refusal = refusal;
        this.maxFrameMtu = maxFrameMtu;
        linkedFrom = new int[table.capacity()];
        marks = new byte[table.capacity()];
        counted = new boolean[table.capacity()];
        Arrays.fill(linkedFrom, NONE);
    }

    @Override
    public void onAddInterface(long correlationId, InterfaceSpec spec) {
        refusal.answer(correlationId, add(spec));
    }

    @Override
    public void onRemoveInterface(long correlationId, int interfaceId) {
        refusal.answer(correlationId, check(interfaceId) && remove(interfaceId));
    }

    @Override
    public void onSetInterfaceState(long correlationId, int interfaceId, boolean up) {
        refusal.answer(correlationId, check(interfaceId) && setUp(interfaceId, up));
    }

    @Override
    public void onSetInterfaceLink(long correlationId, int interfaceId, long mac, int mtu) {
        refusal.answer(
                correlationId,
                check(interfaceId) && checkMtu(mtu, mtuLimit(interfaceId)) && change(interfaceId, mac, mtu));
    }

    @Override
    public void onAddInterfaceMac(long correlationId, int interfaceId, long mac) {
        refusal.answer(correlationId, check(interfaceId) && addMac(interfaceId, mac));
    }

    @Override
    public void onRemoveInterfaceMac(long correlationId, int interfaceId, long mac) {
        refusal.answer(correlationId, check(interfaceId) && removeMac(interfaceId, mac));
    }

    private boolean addMac(int id, long mac) {
        return table.secondaryMacs().add(id, mac, mark.current())
                || refusal.because(
                        CommandResult.LIMIT,
                        "mac: an interface has at most ",
                        SecondaryMacs.MAX_PER_INTERFACE,
                        " addresses beyond its own");
    }

    private boolean removeMac(int id, long mac) {
        return table.secondaryMacs().remove(id, mac)
                || refusal.because(CommandResult.NOT_FOUND, "mac: not an address of interface ", id, "");
    }

    /** Removes further MAC addresses of an interface that stays which no resynchronisation has added. */
    void sweepMacs(int id) {
        table.secondaryMacs().sweep(id, mark.current());
    }

    /** A class of a port is an interface's own now: packets that a tunnel sends by that port are charged to it. */
    void hasClassOf(int id, int port) {
        if (InterfaceTable.kind(table.record(id)) == InterfaceKind.TUNNEL) {
            tunnels.setClassPort(InterfaceTable.encapsulation(table.record(id)), port);
        }
    }

    /** An interface has no class of its own any more. */
    void hasNoClass(int id) {
        if (InterfaceTable.kind(table.record(id)) == InterfaceKind.TUNNEL) {
            tunnels.clearClassPort(InterfaceTable.encapsulation(table.record(id)));
        }
    }

    /** Creates an interface, or changes MAC and MTU of the one there is. */
    private boolean add(InterfaceSpec spec) {
        boolean isDone = switch (spec.kind()) {
            case ACCESS -> addAccess(spec);
            case LINK -> addLink(spec);
            case TUNNEL -> addTunnel(spec);
            case SUBSTRATE -> addSubstrate(spec);
        };
        if (isDone) {
            marks[spec.interfaceId()] = mark.current();
        }
        return isDone;
    }

    private boolean addAccess(InterfaceSpec spec) {
        int id = spec.interfaceId();
        int router = spec.routerId();
        int port = spec.portId();
        if (!routers.check(router)
                || !ports.check(port)
                || !checkMtu(spec.mtuBytes(), ports.mtu(port) - roomBytes(spec))) {
            return false;
        }
        if (isPresent(id)) {
            return isSameAccess(spec) && change(spec);
        }
        if (linkedFrom[id] != NONE) {
            return refuseExpected(id);
        }
        if (!isFree(spec)) {
            return false;
        }
        forget(id);
        table.defineAccess(id, router, routers.table4(router), routers.table6(router), port, spec.vlan());
        if (isOfVpn(spec)) {
            table.setMarking(id, marking(spec), spec.vpnId());
        }
        open(spec);
        if (isOfVpn(spec)) {
            vpnIds.add(id);
        } else {
            portVlans.put(port, spec.vlan(), id);
        }
        guard(port, spec.vlan());
        ports.interfaceAdded(port);
        return true;
    }

    /** Whether frames are to be found by the VPN-ID that they say, too. */
    private static boolean isOfVpn(InterfaceSpec spec) {
        return spec.vnsOption() != VnsOption.NONE;
    }

    private static int marking(InterfaceSpec spec) {
        return spec.vnsOption() == VnsOption.SHARED ? InterfaceTable.SHARED : spec.vnsOption();
    }

    private static int roomBytes(InterfaceSpec spec) {
        return VpnIdOption.roomBytes(spec.vnsOption());
    }

    /** Whether nobody has the frames of an access interface to be. */
    private boolean isFree(InterfaceSpec spec) {
        if (!isOfVpn(spec)) {
            int holder = portVlans.interfaceOf(spec.portId(), spec.vlan());
            return holder < 0
                    || refusal.because(
                            CommandResult.IN_USE, "vlan: port and VLAN already belong to interface ", holder, "");
        }
        int holder = vpnIds.find(spec.portId(), spec.vlan(), spec.vpnId());
        if (holder >= 0) {
            return refusal.because(
                    CommandResult.IN_USE, "tunnelKey: port, VLAN and VPN-ID already belong to interface ", holder, "");
        }
        return vpnIds.count(spec.portId(), spec.vlan()) < VpnIdTable.MAX_PER_VLAN
                || refusal.because(
                        CommandResult.LIMIT,
                        "tunnelKey: a port and VLAN is shared by at most ",
                        VpnIdTable.MAX_PER_VLAN,
                        " interfaces");
    }

    /** Has the interface that takes what says no VPN-ID send nothing that says one, while others are found by theirs. */
    private void guard(int port, int vlan) {
        int id = portVlans.interfaceOf(port, vlan);
        if (id >= 0) {
            boolean isShared = vpnIds.first(port, vlan) >= 0;
            table.setMarking(id, isShared ? InterfaceTable.GUARDED : InterfaceTable.UNMARKED, 0);
            adjacencies.interfaceChanged(id);
        }
    }

    private boolean isSameAccess(InterfaceSpec spec) {
        long record = table.record(spec.interfaceId());
        if (!isSame(spec)) {
            return false;
        }
        if (InterfaceTable.port(record) != spec.portId()) {
            return refusal.becauseFixed("portId", spec.interfaceId());
        }
        int marking = InterfaceTable.marking(record);
        if ((marking == InterfaceTable.GUARDED ? InterfaceTable.UNMARKED : marking) != marking(spec)) {
            return refusal.becauseFixed("vnsOption", spec.interfaceId());
        }
        if (InterfaceTable.vpnId(record) != spec.vpnId()) {
            return refusal.becauseFixed("tunnelKey", spec.interfaceId());
        }
        return InterfaceTable.vlan(record) == spec.vlan() || refusal.becauseFixed("vlan", spec.interfaceId());
    }

    /** The other end may come later. */
    private boolean addLink(InterfaceSpec spec) {
        int id = spec.interfaceId();
        int router = spec.routerId();
        int peer = spec.peerInterfaceId();
        if (!routers.check(router) || !checkMtu(spec.mtuBytes(), maxFrameMtu)) {
            return false;
        }
        if (isPresent(id)) {
            return isSamePeered(spec) && change(spec);
        }
        if (!checkPeer(spec)) {
            return false;
        }
        forget(id);
        table.defineLink(id, router, routers.table4(router), routers.table6(router), peer);
        linkedFrom[peer] = id;
        open(spec);
        return true;
    }

    private boolean isSamePeered(InterfaceSpec spec) {
        long record = table.record(spec.interfaceId());
        return isSame(spec)
                && (InterfaceTable.peer(record) == spec.peerInterfaceId()
                        || refusal.becauseFixed("peerInterfaceId", spec.interfaceId()));
    }

    /** What cannot change whatever the kind. */
    private boolean isSame(InterfaceSpec spec) {
        long record = table.record(spec.interfaceId());
        if (InterfaceTable.kind(record) != spec.kind()) {
            return refusal.becauseFixed("kind", spec.interfaceId());
        }
        return InterfaceTable.router(record) == spec.routerId() || refusal.becauseFixed("routerId", spec.interfaceId());
    }

    private boolean addTunnel(InterfaceSpec spec) {
        int id = spec.interfaceId();
        int router = spec.routerId();
        if (!routers.check(router) || !checkMtu(spec.mtuBytes(), maxFrameMtu)) {
            return false;
        }
        if (isPresent(id)) {
            return isSame(spec) && tunnels.update(InterfaceTable.encapsulation(table.record(id)), spec) && change(spec);
        }
        if (linkedFrom[id] != NONE) {
            return refuseExpected(id);
        }
        int tunnel = tunnels.add(spec);
        if (tunnel == Tunnels.NONE) {
            return false;
        }
        forget(id);
        boolean isEthernet = spec.tunnel().isEthernet();
        table.defineTunnel(id, router, routers.table4(router), routers.table6(router), tunnel, isEthernet);
        open(spec);
        tunnels.open(tunnel);
        return true;
    }

    private boolean addSubstrate(InterfaceSpec spec) {
        int id = spec.interfaceId();
        int router = spec.routerId();
        int port = spec.portId();
        if (!routers.check(router)
                || !ports.check(port)
                || !checkMtu(spec.mtuBytes(), ports.mtu(port) - SubstrateHeader.BYTES)) {
            return false;
        }
        if (isPresent(id)) {
            return isSamePeered(spec) && virtualLinks.isSame(table.record(id), spec) && change(spec);
        }
        int peer = spec.peerInterfaceId();
        if (peer == InterfaceSpec.NONE ? linkedFrom[id] != NONE && !refuseExpected(id) : !checkPeer(spec)) {
            return false;
        }
        int encapsulation = virtualLinks.add(spec, ports.mtu(port));
        if (encapsulation == VirtualLinkEnds.NONE) {
            return false;
        }
        forget(id);
        table.defineSubstrate(
                id, router, routers.table4(router), routers.table6(router), port, spec.vlan(), peer, encapsulation);
        if (peer != InterfaceSpec.NONE) {
            linkedFrom[peer] = id;
        }
        open(spec);
        virtualLinks.open(spec);
        ports.interfaceAdded(port);
        return true;
    }

    private boolean refuseExpected(int id) {
        return refusal.because(
                CommandResult.IN_USE, "interfaceId: interface ", linkedFrom[id], " expects a link's end here");
    }

    private boolean checkPeer(InterfaceSpec spec) {
        int id = spec.interfaceId();
        int peer = spec.peerInterfaceId();
        if (peer == id) {
            return refusal.because(CommandResult.INVALID, "peerInterfaceId: interface ", id, " cannot be its own peer");
        }
        if (linkedFrom[peer] != NONE && linkedFrom[peer] != id) {
            return refusal.because(
                    CommandResult.IN_USE, "peerInterfaceId: already the other end of interface ", linkedFrom[peer], "");
        }
        if (linkedFrom[id] != NONE && linkedFrom[id] != peer) {
            return refuseExpected(id);
        }
        long record = table.record(peer);
        if (isPresent(peer) && (InterfaceTable.kind(record) != spec.kind() || InterfaceTable.peer(record) != id)) {
            return refusal.because(
                    CommandResult.INVALID, "peerInterfaceId: interface ", peer, " is not the other end of this link");
        }
        return true;
    }

    private int mtuLimit(int id) {
        long record = table.record(id);
        return switch (InterfaceTable.kind(record)) {
            case ACCESS -> ports.mtu(InterfaceTable.port(record)) - VpnIdMarker.allowance(record);
            case SUBSTRATE -> ports.mtu(InterfaceTable.port(record)) - SubstrateHeader.BYTES;
            case LINK, TUNNEL -> maxFrameMtu;
        };
    }

    private boolean checkMtu(int mtu, int limit) {
        int maxMtu = Math.min(limit, maxFrameMtu);
        return mtu <= maxMtu
                || refusal.because(
                        CommandResult.INVALID, "mtu: the port and the packet buffers allow at most ", maxMtu, " bytes");
    }

    /** Makes sure that no worker still means the interface that had this id before. */
    private void forget(int id) {
        if (counted[id]) {
            grace.await(PathLimits.ROUNDS_UNTIL_FORGOTTEN);
            statistics.zeroInterface(id);
        }
        counted[id] = true;
    }

    private void open(InterfaceSpec spec) {
        int id = spec.interfaceId();
        table.setMac(id, spec.mac());
        table.setMtu(id, spec.mtuBytes());
        letLabelsIn(spec);
        table.setState(id, InterfaceTable.UP);
        routers.interfaceAdded(spec.routerId());
        count++;
    }

    private boolean change(InterfaceSpec spec) {
        letLabelsIn(spec);
        return change(spec.interfaceId(), spec.mac(), spec.mtuBytes());
    }

    private void letLabelsIn(InterfaceSpec spec) {
        if (spec.kind() == InterfaceKind.ACCESS) {
            InterfaceLabels.let(table.record(spec.interfaceId()), spec.takesLabels());
        }
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

    /** Removes an interface that is there, with its neighbours. Routes over it stay, and drop. Refused while it has classes. */
    boolean remove(int id) {
        if (!dependents.mayRemoveInterface(id)) {
            return false;
        }
        dependents.interfaceRemoved(id);
        long record = table.record(id);
        detach(id, record);
        table.setState(id, InterfaceTable.ABSENT);
        table.secondaryMacs().clear(id);
        for (int a = adjacencies.anyOf(id); a != Adjacencies.NONE; a = adjacencies.anyOf(id)) {
            adjacencies.orphan(a);
        }
        routers.interfaceRemoved(InterfaceTable.router(record));
        count--;
        return true;
    }

    private void detachAccess(int id, int port, int vlan) {
        if (portVlans.interfaceOf(port, vlan) == id) {
            portVlans.remove(port, vlan);
        } else {
            vpnIds.remove(id);
            guard(port, vlan);
        }
        ports.interfaceRemoved(port);
    }

    private void detach(int id, long record) {
        switch (InterfaceTable.kind(record)) {
            case ACCESS -> detachAccess(id, InterfaceTable.port(record), InterfaceTable.vlan(record));
            case LINK -> linkedFrom[InterfaceTable.peer(record)] = NONE;
            case TUNNEL -> tunnels.remove(InterfaceTable.encapsulation(record));
            case SUBSTRATE -> {
                if (CrossingMark.isSet(record)) {
                    linkedFrom[InterfaceTable.peer(record)] = NONE;
                }
                virtualLinks.remove(id, InterfaceTable.encapsulation(record));
                ports.interfaceRemoved(InterfaceTable.port(record));
            }
        }
    }

    /** Opens or closes an interface for packets in both directions. */
    private boolean setUp(int id, boolean up) {
        table.setState(id, up ? InterfaceTable.UP : InterfaceTable.DOWN);
        adjacencies.interfaceChanged(id);
        return true;
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

    int capacity() {
        return table.capacity();
    }

    int count() {
        return count;
    }
}
