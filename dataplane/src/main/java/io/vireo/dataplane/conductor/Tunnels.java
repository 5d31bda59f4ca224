package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.value.InterfaceSpec;
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
    private static final int GRE = Encapsulation.GRE.code();
    private static final int VNS = Encapsulation.VNS.code();

    private final EncapsulationTable encapsulations;
    private final TunnelHeaders headers;
    private final TunnelEnds ends;
    private final TunnelPairs pairs;
    private final NextHopSets nextHops;
    private final Routers routers;
    private final Refusal refusal;
    private final IndexPool pool;
    private final int[] interfaceIds;
    private final int[] underlays;
    private final int[] kinds;
    private final byte[] greOptions;
    private final short[] tunnelModes;
    private final byte[] vnsOptions;
    private final int[] keys;
    private final byte[] families;
    private final long[] localHighs;
    private final long[] localLows;
    private final long[] remoteHighs;
    private final long[] remoteLows;
    private final int[] tunnelsOver;
    private long added;

    Tunnels(
            EncapsulationTable encapsulations,
            TunnelEnds ends,
            TunnelPairs pairs,
            NextHopSets nextHops,
            Routers routers,
            QuiescentState quiescent,
            Refusal refusal) {
        int capacity = encapsulations.capacity();
        this.encapsulations = encapsulations;
        headers = new TunnelHeaders(encapsulations);
        this.ends = ends;
        this.pairs = pairs;
        this.nextHops = nextHops;
        this.routers = routers;
        this.refusal = refusal;
        pool = new IndexPool(EncapsulationTable.NONE + 1, capacity, quiescent);
        interfaceIds = new int[capacity];
        underlays = new int[capacity];
        kinds = new int[capacity];
        greOptions = new byte[capacity];
        tunnelModes = new short[capacity];
        vnsOptions = new byte[capacity];
        keys = new int[capacity];
        families = new byte[capacity];
        localHighs = new long[capacity];
        localLows = new long[capacity];
        remoteHighs = new long[capacity];
        remoteLows = new long[capacity];
        tunnelsOver = new int[routers.capacity()];
        Arrays.fill(interfaceIds, NO_INTERFACE);
    }

    private boolean check(InterfaceSpec spec) {
        int underlay = spec.underlayRouterId();
        if (!routers.isPresent(underlay)) {
            return refusal.because(CommandResult.NOT_FOUND, "underlayRouterId: there is no router ", underlay, "");
        }
        int holder = ends.find(
                underlay,
                kind(spec),
                spec.remoteHigh(),
                spec.remoteLow(),
                spec.localHigh(),
                spec.localLow(),
                spec.tunnelKey());
        if (holder == TunnelEnds.NONE) {
            return true;
        }
        return isKeyed(spec)
                ? refusal.because(
                        CommandResult.IN_USE,
                        "tunnelKey: interface ",
                        holder,
                        " is a tunnel with this key between these addresses")
                : refusal.because(
                        CommandResult.IN_USE, "remote: interface ", holder, " is a tunnel between these addresses");
    }

    /** As {@link TunnelEnds} has it. */
    private static int kind(InterfaceSpec spec) {
        int code = spec.encapsulation().code();
        return isKeyed(spec) ? code | TunnelEnds.KEYED : code;
    }

    private static boolean isKeyed(InterfaceSpec spec) {
        return (spec.greOptions() & GreOptions.KEY) != 0 || spec.encapsulation() == Encapsulation.VNS;
    }

    /** Adds a tunnel, to be {@linkplain #open opened}; returns its index, or {@link #NONE}: refused. */
    int add(InterfaceSpec spec) {
        if (!EspOptions.check(spec, refusal) || !check(spec)) {
            return NONE;
        }
        int index = pool.take();
        if (index < 0) {
            refusal.because(CommandResult.LIMIT, "interfaceId: no room for another tunnel");
            return NONE;
        }
        interfaceIds[index] = spec.interfaceId();
        underlays[index] = spec.underlayRouterId();
        kinds[index] = kind(spec);
        greOptions[index] = (byte) spec.greOptions();
        tunnelModes[index] = (short) spec.tunnelModes();
        vnsOptions[index] = (byte) spec.vnsOption();
        keys[index] = spec.tunnelKey();
        families[index] = (byte) spec.outerFamily().code();
        localHighs[index] = spec.localHigh();
        localLows[index] = spec.localLow();
        remoteHighs[index] = spec.remoteHigh();
        remoteLows[index] = spec.remoteLow();
        tunnelsOver[underlays[index]]++;
        added++;
        headers.define(index, spec);
        return index;
    }

    /**
     * Begins to receive by a tunnel, whose interface is complete. Its pair comes first: a packet in between is dropped for its key,
     * rather than handed to a kernel that knows of no tunnel.
     */
    void open(int index) {
        changePair(index, 1);
        ends.add(
                index,
                underlays[index],
                kinds[index],
                remoteHighs[index],
                remoteLows[index],
                localHighs[index],
                localLows[index],
                keys[index],
                TunnelEnds.options(greOptions[index], tunnelModes[index]),
                interfaceIds[index]);
    }

    private void changePair(int index, int tunnels) {
        int kind = encapsulation(index);
        if (kind == GRE || kind == VNS) {
            pairs.change(
                    underlays[index],
                    kind,
                    remoteHighs[index],
                    remoteLows[index],
                    localHighs[index],
                    localLows[index],
                    tunnels);
        }
    }

    private int encapsulation(int index) {
        return kinds[index] & ~TunnelEnds.KEYED;
    }

    /** Changes hop limit and modes of a tunnel's packets, and refuses any other change. */
    boolean update(int index, InterfaceSpec spec) {
        if (!isSame(index, spec)) {
            return false;
        }
        headers.setHopLimit(index, spec);
        headers.setModes(index, spec);
        ends.setModes(index, spec.tunnelModes());
        return true;
    }

    private boolean isSame(int index, InterfaceSpec spec) {
        if (encapsulation(index) != spec.encapsulation().code()) {
            return refuseChange("encapsulation", spec);
        }
        if (greOptions[index] != spec.greOptions()) {
            return refuseChange("greOptions", spec);
        }
        if (encapsulations.espOptions(index) != EspOptions.of(spec)) {
            return refuseChange("espOptions", spec);
        }
        if (vnsOptions[index] != spec.vnsOption()) {
            return refuseChange("vnsOption", spec);
        }
        return isBetweenTheSame(index, spec) && (keys[index] == spec.tunnelKey() || refuseChange("tunnelKey", spec));
    }

    private boolean isBetweenTheSame(int index, InterfaceSpec spec) {
        if (underlays[index] != spec.underlayRouterId()) {
            return refuseChange("underlayRouterId", spec);
        }
        if (localHighs[index] != spec.localHigh()
                || localLows[index] != spec.localLow()
                || families[index] != spec.outerFamily().code()) {
            return refuseChange("local", spec);
        }
        return (remoteHighs[index] == spec.remoteHigh() && remoteLows[index] == spec.remoteLow())
                || refuseChange("remote", spec);
    }

    private boolean refuseChange(String field, InterfaceSpec spec) {
        refusal.because(CommandResult.IN_USE, field);
        return refusal.append(": interface ", spec.interfaceId(), " exists with another value; remove it first");
    }

    /** Ends a tunnel; its interface goes with it, before the workers' next round is waited for. */
    void remove(int index) {
        ends.remove(index);
        changePair(index, -1);
        tunnelsOver[underlays[index]]--;
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
        return underlays[index];
    }

    AddressFamily family(int index) {
        return families[index] == AddressFamily.IPV4.code() ? AddressFamily.IPV4 : AddressFamily.IPV6;
    }

    long localHigh(int index) {
        return localHighs[index];
    }

    long localLow(int index) {
        return localLows[index];
    }

    long remoteHigh(int index) {
        return remoteHighs[index];
    }

    long remoteLow(int index) {
        return remoteLows[index];
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
        return pool.reclaim(limit) + pairs.reclaim(limit);
    }
}
