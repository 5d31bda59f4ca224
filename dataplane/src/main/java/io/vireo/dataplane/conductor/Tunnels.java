package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.UdpPorts;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.TunnelSpec;
import java.util.Arrays;

/**
 * The tunnels: checks what control asks for, and keeps the workers' encapsulations and tunnel ends in step. Allocates nothing
 * after construction. Single user: the conductor.
 *
 * <p>A tunnel has one index, of its encapsulation and of its end, which is its interface's until that is removed; it is given to
 * another tunnel only after every worker has forgotten it. Towards which next hop its packets go is {@link TunnelRoutes}'
 * business; until that has looked, nowhere.
 */
final class Tunnels implements Dependent {
    /** No such tunnel, or no room for one more. */
    static final int NONE = -1;

    private static final int NO_INTERFACE = -1;

    private final EncapsulationTable encapsulations;
    private final TunnelHeaders headers;
    private final TunnelEndTables ends;
    private final TunnelPairs pairs;
    private final TunnelPairs fragmentPairs;
    private final UdpPorts udpPorts;
    private final Keepalives keepalives;
    private final NextHopSets nextHops;
    private final Routers routers;
    private final Refusal refusal;
    private final IndexPool pool;
    private final int[] interfaceIds;
    private final TunnelSpec[] tunnels;
    private final int[] tunnelsOver;
    private long added;

    Tunnels(
            EncapsulationTable encapsulations,
            TunnelEndTables ends,
            TunnelPairs pairs,
            TunnelPairs fragmentPairs,
            UdpPorts udpPorts,
            Keepalives keepalives,
            NextHopSets nextHops,
            Routers routers,
            QuiescentState quiescent,
            Refusal refusal) {
        int capacity = encapsulations.capacity();
        this.encapsulations = encapsulations;
        headers = new TunnelHeaders(encapsulations);
        this.ends = ends;
        this.pairs = pairs;
        this.fragmentPairs = fragmentPairs;
        this.udpPorts = udpPorts;
        this.keepalives = keepalives;
        this.nextHops = nextHops;
        this.routers = routers;
        this.refusal = refusal;
        pool = new IndexPool(EncapsulationTable.NONE + 1, capacity, quiescent);
        interfaceIds = new int[capacity];
        tunnels = new TunnelSpec[capacity];
        Arrays.setAll(tunnels, index -> new TunnelSpec());
        tunnelsOver = new int[routers.capacity()];
        Arrays.fill(interfaceIds, NO_INTERFACE);
    }

    private boolean check(TunnelSpec tunnel) {
        int underlay = tunnel.underlayRouterId();
        if (!routers.isPresent(underlay)) {
            return refusal.because(CommandResult.NOT_FOUND, "underlayRouterId: there is no router ", underlay, "");
        }
        if (ends.isOwnLabel(tunnel)) {
            return refusal.because(
                    CommandResult.IN_USE, "tunnelKey: router ", underlay, " has this label in its table");
        }
        int sender = ends.sender(tunnel);
        if (sender != TunnelEnds.NONE) {
            return refusal.because(
                    CommandResult.IN_USE,
                    "outLabel: interface ",
                    sender,
                    " is a tunnel that sends this label between these addresses");
        }
        int holder = ends.holder(tunnel);
        if (holder == TunnelEnds.NONE) {
            return true;
        }
        return tunnel.isKeyed()
                ? refusal.because(
                        CommandResult.IN_USE,
                        "tunnelKey: interface ",
                        holder,
                        tunnel.hasOuterHeader()
                                ? " is a tunnel with this key between these addresses"
                                : " is a tunnel with this label over this router")
                : refusal.because(
                        CommandResult.IN_USE, "remote: interface ", holder, " is a tunnel between these addresses");
    }

    /** Adds a tunnel, to be {@linkplain #open opened}; returns its index, or {@link #NONE}: refused. */
    int add(InterfaceSpec spec) {
        if (!EspOptions.check(spec.tunnel(), refusal) || !check(spec.tunnel())) {
            return NONE;
        }
        int index = takeIndex();
        if (index == NONE) {
            return NONE;
        }
        interfaceIds[index] = spec.interfaceId();
        TunnelSpec tunnel = tunnels[index].copyFrom(spec.tunnel());
        tunnelsOver[tunnel.underlayRouterId()]++;
        added++;
        headers.define(index, spec.interfaceId(), tunnel);
        return index;
    }

    /** An index of the table of encapsulations for what is no tunnel, or {@link #NONE}: refused. */
    int takeIndex() {
        int index = pool.take();
        if (index < 0) {
            refusal.because(CommandResult.LIMIT, "interfaceId: no room for another encapsulation");
            return NONE;
        }
        return index;
    }

    /** Releases an index that was {@linkplain #takeIndex taken}. */
    void retireIndex(int index) {
        pool.retire(index);
    }

    /**
     * Begins to receive by a tunnel, whose interface is complete. Its pair comes first: a packet in between is dropped for its key,
     * rather than handed to a kernel that knows of no tunnel.
     */
    void open(int index) {
        TunnelSpec tunnel = tunnels[index];
        changePair(tunnel, 1);
        if (tunnel.udpPort() != 0) {
            udpPorts.add(tunnel.udpPort(), tunnel.encapsulation().code());
        }
        ends.add(index, tunnel, interfaceIds[index]);
        keepalives.begin(index, interfaceIds[index], tunnel.keepalive());
    }

    /** Kinds of which a packet between the ends may say what no tunnel there has are known by their pair, too; and so are fragments. */
    private void changePair(TunnelSpec tunnel, int tunnels) {
        if (tunnel.hasOuterHeader() && (tunnel.isKeyed() || tunnel.encapsulation() == Encapsulation.GRE)) {
            pairs.change(tunnel, TunnelEndTables.keylessKind(tunnel), TunnelPairs.KEYLESS, tunnels);
        }
        int protocol =
                tunnel.udpPort() == 0 ? TunnelPairs.fragmentProtocol(tunnel.encapsulation()) : TunnelPairs.NO_PROTOCOL;
        if (protocol != TunnelPairs.NO_PROTOCOL) {
            fragmentPairs.change(tunnel, Reassembler.PAIR_KIND, protocol, tunnels);
        }
    }

    /** Changes hop limit and modes of a tunnel's packets, and refuses any other change. */
    boolean update(int index, InterfaceSpec spec) {
        TunnelSpec wanted = spec.tunnel();
        String difference = tunnels[index].fixedDifference(wanted);
        if (difference != null) {
            return refusal.becauseFixed(difference, spec.interfaceId());
        }
        tunnels[index].copyFrom(wanted);
        headers.setHopLimit(index, wanted);
        headers.setModes(index, wanted);
        ends.setModes(index, wanted.modes());
        return true;
    }

    /** Ends a tunnel; its interface goes with it, before the workers' next round is waited for. */
    void remove(int index) {
        TunnelSpec tunnel = tunnels[index];
        keepalives.end(index);
        ends.remove(index, tunnel);
        if (tunnel.udpPort() != 0) {
            udpPorts.remove(tunnel.udpPort(), tunnel.encapsulation().code());
        }
        changePair(tunnel, -1);
        tunnelsOver[underlay(index)]--;
        interfaceIds[index] = NO_INTERFACE;
        nextHops.release(nextHop(index));
        pool.retire(index);
    }

    @Override
    public boolean mayRemoveRouter(int router) {
        if (tunnelsOver[router] == 0) {
            return true;
        }
        refusal.because(CommandResult.IN_USE, "routerId: router ", router, " still carries ");
        return refusal.and(tunnelsOver[router], " tunnels");
    }

    boolean isPresent(int index) {
        return interfaceIds[index] != NO_INTERFACE;
    }

    int underlay(int index) {
        return tunnels[index].underlayRouterId();
    }

    AddressFamily family(int index) {
        return tunnels[index].outerFamily();
    }

    /** As its packets are found by {@link TunnelEnds}, but for the key. */
    int kind(int index) {
        return TunnelEndTables.keylessKind(tunnels[index]);
    }

    long localHigh(int index) {
        return tunnels[index].localHigh();
    }

    long localLow(int index) {
        return tunnels[index].localLow();
    }

    long remoteHigh(int index) {
        return tunnels[index].remoteHigh();
    }

    long remoteLow(int index) {
        return tunnels[index].remoteLow();
    }

    int nextHop(int index) {
        return EncapsulationTable.nextHop(encapsulations.record(index));
    }

    /** Sends a tunnel's packets by another next hop of its underlay, which is held as long as it is used. */
    void setNextHop(int index, int nextHop) {
        int old = nextHop(index);
        nextHops.retain(nextHop);
        encapsulations.setNextHop(index, nextHop);
        nextHops.release(old);
    }

    /** Charges a tunnel's packets to its class of a port. */
    void setClassPort(int index, int port) {
        encapsulations.setClassPort(index, port);
    }

    /** Charges a tunnel's packets to the interface they leave by. */
    void clearClassPort(int index) {
        encapsulations.clearClassPort(index);
    }

    /** Grows with each tunnel that is added: tells {@link TunnelRoutes} to look. */
    long added() {
        return added;
    }

    /** Walks over all tunnels start at {@link #first} and end before this. */
    int end() {
        return pool.end();
    }

    static int first() {
        return EncapsulationTable.NONE + 1;
    }

    /** Frees at most {@code limit} ended tunnels, and as many pairs, that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit) + pairs.reclaim(limit) + fragmentPairs.reclaim(limit) + keepalives.reclaim(limit);
    }
}
