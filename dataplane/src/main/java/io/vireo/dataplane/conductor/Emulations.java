package io.vireo.dataplane.conductor;

import io.vireo.dataplane.emulation.EmulationTable;
import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.nexthop.IndexPool;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.command.EmulationCommandHandler;
import io.vireo.dataplane.wire.value.EmulationSpec;

/**
 * The emulated wires: checks what control asks for, and keeps the workers' table in step. Single user: the conductor.
 *
 * <p>A change is another record, shown by one store; what is on the wire has its time already. First the record, then the mark on
 * what the interface sends; and back in reverse, so that a frame with the mark that finds no record is sent at once.
 */
final class Emulations implements EmulationCommandHandler, Dependent {
    private static final int ROUNDS_UNTIL_FORGOTTEN = 1;

    private final EmulationTable table;
    private final InterfaceTable interfaceTable;
    private final Interfaces interfaces;
    private final Adjacencies adjacencies;
    private final EncapsulationTable encapsulations;
    private final IndexPool pool;
    private final GracePeriod grace;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final byte[] marks;
    private long episode;

    Emulations(
            EmulationTable table,
            InterfaceTable interfaceTable,
            Interfaces interfaces,
            Adjacencies adjacencies,
            EncapsulationTable encapsulations,
            QuiescentState quiescent,
            GracePeriod grace,
            ResyncMark mark,
            Refusal refusal) {
        this.table = table;
        this.interfaceTable = interfaceTable;
        this.interfaces = interfaces;
        this.adjacencies = adjacencies;
        this.encapsulations = encapsulations;
        this.grace = grace;
        this.mark = mark;
        this.refusal = refusal;
        pool = new IndexPool(EmulationTable.NONE + 1, table.capacity(), quiescent);
        marks = new byte[interfaces.capacity()];
        // Where no seed is given, chance differs from one life of the data plane to the next.
        episode = System.nanoTime();
    }

    @Override
    public void onSetEmulation(long correlationId, int interfaceId, EmulationSpec spec) {
        refusal.answer(correlationId, interfaces.check(interfaceId) && set(interfaceId, spec));
    }

    private boolean set(int id, EmulationSpec spec) {
        if (spec.isNone()) {
            clear(id);
            return true;
        }
        int index = take();
        if (index < 0) {
            return refusal.because(CommandResult.LIMIT, "interfaceId: no room for another emulation");
        }
        int before = table.index(id);
        table.define(index, spec, InterfaceTable.router(interfaceTable.record(id)), episode(before, spec.seed()));
        marks[id] = mark.current();
        if (before != EmulationTable.NONE && table.isSame(before, index)) {
            pool.retire(index);
            return true;
        }
        table.publish(id, index);
        retire(before);
        mark(id, true);
        return true;
    }

    /** Chance goes on where it was, unless the wire was not emulated or gets another seed. */
    private long episode(int before, long seed) {
        boolean goesOn = before != EmulationTable.NONE && table.seed(before) == seed;
        return goesOn ? table.episode(before) : ++episode;
    }

    private int take() {
        int index = pool.take();
        if (index < 0) {
            grace.await(ROUNDS_UNTIL_FORGOTTEN);
            index = pool.take();
        }
        return index;
    }

    /** What is on the wire still arrives; what is sent from now on may overtake it. */
    private void clear(int id) {
        int before = table.index(id);
        if (before != EmulationTable.NONE) {
            mark(id, false);
            table.publish(id, EmulationTable.NONE);
            retire(before);
        }
    }

    private void mark(int id, boolean isEmulated) {
        if (InterfaceTable.kind(interfaceTable.record(id)) == InterfaceKind.TUNNEL) {
            encapsulations.setEmulated(InterfaceTable.encapsulation(interfaceTable.record(id)), isEmulated);
        } else {
            interfaceTable.setEmulated(id, isEmulated);
            adjacencies.targetChanged(id);
        }
    }

    private void retire(int index) {
        if (index != EmulationTable.NONE) {
            pool.retire(index);
        }
    }

    /** What is on its wire does not arrive. */
    @Override
    public void interfaceRemoved(int interfaceId) {
        int before = table.index(interfaceId);
        table.end(interfaceId); // before the record may be another's
        retire(before);
    }

    /** Ends the emulation of an interface that stays which no resynchronisation has asked for. */
    void sweep(int id) {
        if (marks[id] != mark.current()) {
            clear(id);
        }
    }

    /** Frees at most {@code limit} records that no worker can still see; returns how many. */
    int reclaim(int limit) {
        return pool.reclaim(limit);
    }
}
