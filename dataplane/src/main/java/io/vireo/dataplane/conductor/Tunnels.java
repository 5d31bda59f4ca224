package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.FixUp;
import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Encapsulation;
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
    private static final int KEYLESS = 0;

    private final EncapsulationTable encapsulations;
    private final TunnelEnds ends;
    private final NextHopSets nextHops;
    private final Routers routers;
    private final Refusal refusal;
    private final IndexPool pool;
    private final int[] interfaceIds;
    private final int[] underlays;
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
            NextHopSets nextHops,
            Routers routers,
            QuiescentState quiescent,
            Refusal refusal) {
        int capacity = encapsulations.capacity();
        this.encapsulations = encapsulations;
        this.ends = ends;
        this.nextHops = nextHops;
        this.routers = routers;
        this.refusal = refusal;
        pool = new IndexPool(EncapsulationTable.NONE + 1, capacity, quiescent);
        interfaceIds = new int[capacity];
        underlays = new int[capacity];
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
                spec.encapsulation().code(),
                spec.remoteHigh(),
                spec.remoteLow(),
                spec.localHigh(),
                spec.localLow(),
                KEYLESS);
        return holder == TunnelEnds.NONE
                || refusal.because(
                        CommandResult.IN_USE, "remote: interface ", holder, " is a tunnel between these addresses");
    }

    /** Adds a tunnel, to be {@linkplain #open opened}; returns its index, or {@link #NONE}: refused. */
    int add(InterfaceSpec spec) {
        if (!check(spec)) {
            return NONE;
        }
        int index = pool.take();
        if (index < 0) {
            refusal.because(CommandResult.LIMIT, "interfaceId: no room for another tunnel");
            return NONE;
        }
        interfaceIds[index] = spec.interfaceId();
        underlays[index] = spec.underlayRouterId();
        families[index] = (byte) spec.outerFamily().code();
        localHighs[index] = spec.localHigh();
        localLows[index] = spec.localLow();
        remoteHighs[index] = spec.remoteHigh();
        remoteLows[index] = spec.remoteLow();
        tunnelsOver[underlays[index]]++;
        added++;
        define(index, spec);
        return index;
    }

    private void define(int index, InterfaceSpec spec) {
        switch (spec.outerFamily()) {
            case IPV4 -> define(index, FixUp.IPIP_OVER_IPV4, Ipv4.MIN_HEADER_BYTES);
            case IPV6 -> define(index, FixUp.IPIP_OVER_IPV6, Ipv6.HEADER_BYTES);
        }
        writeHeader(index, spec);
    }

    private void define(int index, int fixUp, int headerBytes) {
        encapsulations.define(index, interfaceIds[index], underlays[index], fixUp, headerBytes);
    }

    private void writeHeader(int index, InterfaceSpec spec) {
        long header = encapsulations.headerAddress(index);
        switch (spec.outerFamily()) {
            case IPV4 -> OuterHeader.writeIpv4(header, (int) spec.localLow(), (int) spec.remoteLow(), spec.hopLimit());
            case IPV6 ->
                OuterHeader.writeIpv6(
                        header,
                        spec.localHigh(),
                        spec.localLow(),
                        spec.remoteHigh(),
                        spec.remoteLow(),
                        spec.hopLimit());
        }
    }

    /** Begins to receive by a tunnel, whose interface is complete. */
    void open(int index) {
        ends.add(
                index,
                underlays[index],
                Encapsulation.IPIP.code(),
                remoteHighs[index],
                remoteLows[index],
                localHighs[index],
                localLows[index],
                KEYLESS,
                interfaceIds[index]);
    }

    /** Changes the hop limit of a tunnel's packets, and refuses any other change. */
    boolean update(int index, InterfaceSpec spec) {
        if (!isSame(index, spec)) {
            return false;
        }
        long header = encapsulations.headerAddress(index);
        switch (spec.outerFamily()) {
            case IPV4 -> OuterHeader.setTtl(header, spec.hopLimit());
            case IPV6 -> OuterHeader.setHopLimit(header, spec.hopLimit());
        }
        return true;
    }

    private boolean isSame(int index, InterfaceSpec spec) {
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

    /** Frees at most {@code limit} ended tunnels that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
