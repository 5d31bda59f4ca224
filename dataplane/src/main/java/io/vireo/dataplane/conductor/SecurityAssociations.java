package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.command.KeyCommandHandler;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dataplane.wire.value.SecurityAssociationState;

/**
 * The keys of ESP tunnels: which there are, by which each tunnel sends, how old they are. Allocates nothing after construction.
 * Single user: the conductor.
 *
 * <p>They are no part of what control programs again after its restart: no sweep takes them, they go by command, with their tunnel,
 * or with the process. That no key is taken twice, and so no nonce, has two guards. A key names the incarnation of the data plane it
 * was made for: one that was on its way while the data plane died is refused by the next. And outbound ones carry tickets that only
 * grow, so a command that is repeated, in whatever order, is refused even when its key has gone meanwhile.
 */
final class SecurityAssociations implements KeyCommandHandler, Dependent {
    /** Keys by which a tunnel receives at once: the one in use, the next, and room for an exchange that failed. */
    static final int MAX_INBOUND = 4;

    private static final int NONE = SecurityAssociationTable.NONE;
    private static final int NO_OPTIONS = 0;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final SecurityAssociationTable table;
    private final TunnelEnds ends;
    private final EncapsulationTable encapsulations;
    private final Tunnels tunnels;
    private final Interfaces interfaces;
    private final InterfaceTable interfaceTable;
    private final IndexPool pool;
    private final Refusal refusal;
    private final long incarnation;

    private final int[] interfaceIds;
    private final int[] spis;
    private final boolean[] outbound;
    private final int[] maxSeconds;
    private final long[] addedNs;
    private final int[] firsts;
    private final int[] nexts;
    private long lastTicket;
    private long nowNs;
    private int position;

    SecurityAssociations(
            SecurityAssociationTable table,
            TunnelEnds ends,
            EncapsulationTable encapsulations,
            Tunnels tunnels,
            Interfaces interfaces,
            InterfaceTable interfaceTable,
            QuiescentState quiescent,
            Refusal refusal,
            long incarnation) {
        this.table = table;
        this.ends = ends;
        this.encapsulations = encapsulations;
        this.tunnels = tunnels;
        this.interfaces = interfaces;
        this.interfaceTable = interfaceTable;
        this.refusal = refusal;
        this.incarnation = incarnation;
        int capacity = table.capacity();
        pool = new IndexPool(NONE + 1, capacity, quiescent, table::wipe);
        interfaceIds = new int[capacity];
        spis = new int[capacity];
        outbound = new boolean[capacity];
        maxSeconds = new int[capacity];
        addedNs = new long[capacity];
        nexts = new int[capacity];
        firsts = new int[encapsulations.capacity()];
    }

    @Override
    public void onAddSecurityAssociation(long correlationId, SecurityAssociationSpec spec) {
        refusal.answer(correlationId, check(spec) && add(spec));
    }

    private boolean check(SecurityAssociationSpec spec) {
        if (!table.isGuarded()) {
            return refusal.because(
                    CommandResult.DEVICE,
                    "key0: this process may not lock memory (mlock2: ulimit -l), so it takes no keys");
        }
        if (spec.incarnation() != incarnation) {
            return refusal.because(
                    CommandResult.NOT_FOUND, "incarnation: this data plane is incarnation ", incarnation, "");
        }
        return isEspTunnel(spec.interfaceId()) && checkDirection(spec);
    }

    private boolean isEspTunnel(int id) {
        if (!interfaces.check(id)) {
            return false;
        }
        boolean isEsp = InterfaceTable.kind(interfaceTable.record(id)) == InterfaceKind.TUNNEL
                && encapsulations.espOptions(tunnelOf(id)) != EspOptions.NONE;
        return isEsp || refusal.because(CommandResult.NOT_FOUND, "interfaceId: ", id, " is no ESP tunnel");
    }

    private boolean checkDirection(SecurityAssociationSpec spec) {
        if (spec.isOutbound()) {
            return spec.ticket() > lastTicket
                    || refusal.because(
                            CommandResult.IN_USE, "ticket: must be greater than ", lastTicket, ", the last one taken");
        }
        int tunnel = tunnelOf(spec.interfaceId());
        if (find(tunnel, spec.spi(), false) != NONE) {
            return refusal.because(CommandResult.IN_USE, "spi: the tunnel has a key with it");
        }
        return inboundCount(tunnel) < MAX_INBOUND
                || refusal.because(
                        CommandResult.LIMIT, "spi: the tunnel has ", MAX_INBOUND, " inbound keys; remove one first");
    }

    private int tunnelOf(int interfaceId) {
        return InterfaceTable.encapsulation(interfaceTable.record(interfaceId));
    }

    private int find(int tunnel, int spi, boolean isOutbound) {
        int index = firsts[tunnel];
        while (index != NONE && (spis[index] != spi || outbound[index] != isOutbound)) {
            index = nexts[index];
        }
        return index;
    }

    private int inboundCount(int tunnel) {
        int count = 0;
        for (int index = firsts[tunnel]; index != NONE; index = nexts[index]) {
            count += outbound[index] ? 0 : 1;
        }
        return count;
    }

    private boolean add(SecurityAssociationSpec spec) {
        int index = pool.take();
        if (index < 0) {
            return refusal.because(CommandResult.LIMIT, "interfaceId: no room for another key");
        }
        int tunnel = tunnelOf(spec.interfaceId());
        int options = encapsulations.espOptions(tunnel);
        table.define(
                index, spec, EspOptions.algorithm(options), EspOptions.window(options), EspOptions.isExtended(options));
        interfaceIds[index] = spec.interfaceId();
        spis[index] = spec.spi();
        outbound[index] = spec.isOutbound();
        maxSeconds[index] = spec.maxSeconds();
        addedNs[index] = nowNs;
        if (spec.isOutbound()) {
            lastTicket = spec.ticket();
            send(tunnel, index);
        } else {
            receive(tunnel, index);
        }
        nexts[index] = firsts[tunnel];
        firsts[tunnel] = index;
        return true;
    }

    /** Packets are sent by the new key, then the old one goes: none is without. */
    private void send(int tunnel, int index) {
        int old = EncapsulationTable.association(encapsulations.record(tunnel));
        encapsulations.setAssociation(tunnel, index);
        if (old != NONE) {
            unlink(tunnel, old);
        }
    }

    private void receive(int tunnel, int index) {
        ends.add(
                index,
                tunnels.underlay(tunnel),
                tunnels.kind(tunnel),
                tunnels.remoteHigh(tunnel),
                tunnels.remoteLow(tunnel),
                tunnels.localHigh(tunnel),
                tunnels.localLow(tunnel),
                spis[index],
                NO_OPTIONS,
                interfaceIds[index]);
    }

    @Override
    public void onRemoveSecurityAssociation(long correlationId, int interfaceId, int spi, boolean isOutbound) {
        refusal.answer(correlationId, isEspTunnel(interfaceId) && remove(tunnelOf(interfaceId), spi, isOutbound));
    }

    private boolean remove(int tunnel, int spi, boolean isOutbound) {
        int index = find(tunnel, spi, isOutbound);
        if (index == NONE) {
            return refusal.because(CommandResult.NOT_FOUND, "spi: the tunnel has no such key");
        }
        detach(tunnel, index);
        return true;
    }

    /** No worker finds it from now on. */
    private void detach(int tunnel, int index) {
        if (outbound[index]) {
            encapsulations.setAssociation(tunnel, NONE);
        } else {
            ends.remove(index);
        }
        unlink(tunnel, index);
    }

    private void unlink(int tunnel, int index) {
        if (firsts[tunnel] == index) {
            firsts[tunnel] = nexts[index];
        } else {
            int before = firsts[tunnel];
            while (nexts[before] != index) {
                before = nexts[before];
            }
            nexts[before] = nexts[index];
        }
        spis[index] = 0;
        pool.retire(index);
    }

    /** A tunnel's keys go with it. */
    @Override
    public void interfaceRemoved(int interfaceId) {
        if (InterfaceTable.kind(interfaceTable.record(interfaceId)) == InterfaceKind.TUNNEL) {
            int tunnel = tunnelOf(interfaceId);
            while (firsts[tunnel] != NONE) {
                detach(tunnel, firsts[tunnel]);
            }
        }
    }

    /** Ends the keys whose time is over, of a few at a time; returns how many. */
    int doWork(long nowNs, int workLimit) {
        this.nowNs = nowNs;
        int ended = 0;
        for (int n = 0; n < workLimit && position < pool.end(); n++, position++) {
            if (isPresent(position)
                    && !table.isEnded(position)
                    && nowNs - addedNs[position] >= maxSeconds[position] * NS_PER_SECOND) {
                table.end(position);
                ended++;
            }
        }
        position = position < pool.end() ? position : NONE + 1;
        return ended;
    }

    /** Wipes at most {@code limit} keys that no worker can still use; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit);
    }

    boolean isPresent(int index) {
        return index != NONE && spis[index] != 0;
    }

    /** Walks over all keys start at 1 and end before this. */
    int end() {
        return pool.end();
    }

    /** Describes a key, but not itself. */
    SecurityAssociationState describe(int index, SecurityAssociationState state) {
        return state.of(
                        interfaceIds[index],
                        outbound[index],
                        spis[index],
                        (int) ((nowNs - addedNs[index]) / NS_PER_SECOND),
                        table.isEnded(index))
                .counts(
                        table.packets(index, outbound[index]),
                        table.bytes(index),
                        table.forged(index),
                        table.replays(index));
    }
}
