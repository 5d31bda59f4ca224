package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.TunnelEnds;
import io.vireo.dataplane.encapsulation.mpls.LabelCounts;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.nexthop.NextHopSets;
import io.vireo.dataplane.nexthop.SpecialNextHops;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.command.LabelCommandHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * The label tables of all virtual routers: checks what control asks for, holds references to next hops, and keeps the workers' {@link
 * LabelTable} in step. A change is another record in the place of the old one, in one store; its counters stay. Allocates nothing after
 * construction. Single user: the conductor.
 */
final class Labels implements LabelCommandHandler, Dependent {
    private static final int FIRST = 1;
    private static final int ONLY_WEIGHT = 1;
    private static final int TUNNEL = Encapsulation.MPLS.code() | TunnelEnds.KEYED;

    private final LabelTable table;
    private final LabelCounts counts;
    private final TunnelEnds tunnels;
    private final Routers routers;
    private final Interfaces interfaces;
    private final Routes routes;
    private final NextHopSets nextHops;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final IndexPool pool;
    private final IndexPool counters;
    private final boolean[] isPresent;
    private final byte[] marks;
    private final LabelSpec spec = new LabelSpec();
    private final LabelSpec before = new LabelSpec();
    private final NextHops hops = new NextHops();

    Labels(
            LabelTable table,
            LabelCounts counts,
            TunnelEnds tunnels,
            Routers routers,
            Interfaces interfaces,
            Routes routes,
            NextHopSets nextHops,
            QuiescentState quiescent,
            ResyncMark mark,
            Refusal refusal) {
        this.table = table;
        this.counts = counts;
        this.tunnels = tunnels;
        this.routers = routers;
        this.interfaces = interfaces;
        this.routes = routes;
        this.nextHops = nextHops;
        this.mark = mark;
        this.refusal = refusal;
        pool = new IndexPool(FIRST, table.capacity(), quiescent);
        counters = new IndexPool(0, table.capacity(), quiescent);
        isPresent = new boolean[table.capacity()];
        marks = new byte[table.capacity()];
    }

    @Override
    public void onAddLabel(long correlationId, LabelSpec wanted, NextHops wantedHops) {
        refusal.answer(correlationId, add(wanted, wantedHops));
    }

    @Override
    public void onRemoveLabel(long correlationId, int routerId, int label) {
        refusal.answer(correlationId, remove(routerId, label));
    }

    private boolean add(LabelSpec wanted, NextHops wantedHops) {
        int router = wanted.routerId();
        if (!routers.check(router) || !checkReceiver(wanted) || !routes.checkNextHops(router, wantedHops)) {
            return false;
        }
        int tunnel = tunnels.find(router, TUNNEL, 0, 0, 0, 0, wanted.label());
        if (tunnel != TunnelEnds.NONE) {
            return refusal.because(
                    CommandResult.IN_USE, "label: interface ", tunnel, " is a tunnel with this label over this router");
        }
        long replaced = table.lookup(router, wanted.label());
        int oldNextHop = replaced == LabelTable.NONE ? SpecialNextHops.NO_ROUTE : LabelTable.nextHop(replaced);
        int nextHop = wanted.isLocal()
                ? SpecialNextHops.NO_ROUTE
                : nextHops.acquire(AddressFamily.IPV4, wantedHops, oldNextHop);
        if (nextHop == NextHopSets.NONE) {
            return refusal.because(CommandResult.LIMIT, "nextHops: no room for another adjacency or group");
        }
        if (isSame(replaced, wanted, nextHop)) {
            nextHops.release(nextHop);
            marks[table.indexOf(replaced)] = mark.current();
            return true;
        }
        return put(wanted, nextHop, replaced);
    }

    private boolean checkReceiver(LabelSpec wanted) {
        int receiver = wanted.receiverInterfaceId();
        return receiver == LabelSpec.NO_INTERFACE
                || interfaces.isPresent(receiver)
                || refusal.because(
                        CommandResult.NOT_FOUND, "receiverInterfaceId: there is no interface ", receiver, "");
    }

    private boolean isSame(long replaced, LabelSpec wanted, int nextHop) {
        if (replaced == LabelTable.NONE || LabelTable.nextHop(replaced) != nextHop) {
            return false;
        }
        LabelTable.describe(replaced, before);
        return before.equals(wanted);
    }

    private boolean put(LabelSpec wanted, int nextHop, long replaced) {
        int index = pool.take();
        int counter = index < 0 ? -1 : replaced == LabelTable.NONE ? counters.take() : LabelTable.counters(replaced);
        if (counter < 0) {
            if (index >= 0) {
                pool.retire(index);
            }
            nextHops.release(nextHop);
            return refusal.because(CommandResult.LIMIT, "label: no room for another label");
        }
        if (replaced == LabelTable.NONE) {
            counts.clear(counter);
        }
        table.put(index, wanted, nextHop, counter, replaced);
        isPresent[index] = true;
        marks[index] = mark.current();
        if (replaced != LabelTable.NONE) {
            forget(replaced);
        }
        return true;
    }

    private boolean remove(int router, int label) {
        if (!routers.check(router)) {
            return false;
        }
        long record = table.lookup(router, label);
        if (record == LabelTable.NONE) {
            refusal.because(CommandResult.NOT_FOUND, "label: router ", router, " knows no label ");
            return refusal.and(label, "");
        }
        take(record);
        return true;
    }

    private void take(long record) {
        table.remove(record);
        counters.retire(LabelTable.counters(record));
        forget(record);
    }

    /** Of a record that no worker finds any more. */
    private void forget(long record) {
        int index = table.indexOf(record);
        isPresent[index] = false;
        nextHops.release(LabelTable.nextHop(record));
        pool.retire(index);
    }

    /** What it would be received by goes: the label is nobody's until control says more. */
    @Override
    public void interfaceRemoved(int interfaceId) {
        for (int index = FIRST; index < pool.end(); index++) {
            if (isPresent[index] && LabelTable.receiver(table.record(index)) == interfaceId) {
                take(table.record(index));
            }
        }
    }

    @Override
    public void routerRemoved(int router) {
        for (int index = FIRST; index < pool.end(); index++) {
            if (isPresent[index] && LabelTable.router(table.record(index)) == router) {
                take(table.record(index));
            }
        }
    }

    /** Takes the label of an index away if no resynchronisation has repeated it. */
    void sweep(int index) {
        if (isPresent[index] && marks[index] != mark.current()) {
            take(table.record(index));
        }
    }

    /** Reports the label of an index, if there is one; returns whether. */
    boolean report(int index, long correlationId, EventProxy events) {
        if (!isPresent[index]) {
            return false;
        }
        long record = table.record(index);
        int counter = LabelTable.counters(record);
        LabelTable.describe(record, spec);
        nextHops.describe(LabelTable.nextHop(record), ONLY_WEIGHT, hops);
        events.labelState(correlationId, spec, hops, counts.packets(counter), counts.bytes(counter));
        return true;
    }

    /** Walks over all labels start here and end before {@link #end}. */
    static int first() {
        return FIRST;
    }

    int end() {
        return pool.end();
    }

    /** Frees at most {@code limit} records, and as many counters, that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit) + counters.reclaim(limit);
    }
}
