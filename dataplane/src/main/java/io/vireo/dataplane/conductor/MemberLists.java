package io.vireo.dataplane.conductor;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.MemberMark;
import io.vireo.dataplane.membership.MemberTable;
import io.vireo.dataplane.membership.policy.MemberImageCheck;
import io.vireo.dataplane.schedule.order.FilterMemory;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.command.MemberCommandHandler;
import io.vireo.dataplane.wire.value.FilterChunk;

/**
 * The lists of members: put together from their parts, checked, and published. Single user: the conductor.
 *
 * <p>A list names VPNs and no interfaces, so it stays true whatever interfaces come and go. First the list is published, then the
 * interface has its packets asked; and back in reverse, so that a worker that finds no list takes the packet for the interface's own.
 */
final class MemberLists implements MemberCommandHandler, Dependent {
    private static final int ROUNDS_UNTIL_FORGOTTEN = 1;
    private static final int MAX_WAITING = 1_024;
    private static final String NO_ROOM = " longs beside the lists of other interfaces";

    private final MemberTable table;
    private final FilterMemory memory;
    private final InterfaceTable interfaceTable;
    private final Interfaces interfaces;
    private final QuiescentState quiescent;
    private final GracePeriod grace;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final ImageAssembly assembly;
    private final MemberImageCheck check = new MemberImageCheck();
    private final byte[] marks;
    private final int[] waiting = new int[MAX_WAITING];
    private final long[] epochs = new long[MAX_WAITING];
    private int head;
    private int waitingCount;

    MemberLists(
            MemberTable table,
            InterfaceTable interfaceTable,
            Interfaces interfaces,
            QuiescentState quiescent,
            GracePeriod grace,
            ResyncMark mark,
            Refusal refusal) {
        this.table = table;
        this.interfaceTable = interfaceTable;
        this.interfaces = interfaces;
        this.quiescent = quiescent;
        this.grace = grace;
        this.mark = mark;
        this.refusal = refusal;
        memory = table.memory();
        assembly = new ImageAssembly(memory, refusal, NO_ROOM);
        marks = new byte[interfaces.capacity()];
    }

    @Override
    public void onSetMembers(long correlationId, int interfaceId, int totalLongs, int firstLong, FilterChunk part) {
        refusal.answer(correlationId, set(interfaceId, totalLongs, firstLong, part));
    }

    private boolean set(int id, int totalLongs, int firstLong, FilterChunk part) {
        if (!interfaces.check(id) || !mayHaveMembers(id)) {
            return false;
        }
        if (firstLong == 0 && waitingCount > 0) {
            grace.await(ROUNDS_UNTIL_FORGOTTEN);
            reclaim();
        }
        if (!assembly.take(id, totalLongs, firstLong, part)) {
            return false;
        }
        return !assembly.isComplete() || commit(id);
    }

    private boolean mayHaveMembers(int id) {
        long record = interfaceTable.record(id);
        boolean takesAll = InterfaceTable.kind(record) == InterfaceKind.ACCESS
                && (InterfaceTable.marking(record) == InterfaceTable.UNMARKED
                        || InterfaceTable.marking(record) == InterfaceTable.GUARDED);
        return takesAll
                || refusal.because(
                        CommandResult.INVALID,
                        "interfaceId: interface ",
                        id,
                        " does not take what comes by a port and VLAN whatever it says");
    }

    private boolean commit(int id) {
        if (assembly.place() == ImageAssembly.NONE) {
            assembly.handOver();
            clear(id);
            return true;
        }
        String defect = check.defectOf(memory.words(), assembly.place(), assembly.totalLongs());
        if (defect != null) {
            assembly.abandon();
            return refusal.becauseOf(CommandResult.INVALID, "image: ", defect);
        }
        int before = table.placeOf(id);
        table.publish(id, assembly.handOver());
        MemberMark.set(interfaceTable.record(id), true);
        marks[id] = mark.current();
        retire(before);
        return true;
    }

    private void clear(int id) {
        int before = table.placeOf(id);
        if (before != MemberTable.NONE) {
            MemberMark.set(interfaceTable.record(id), false);
            table.publish(id, MemberTable.NONE);
            retire(before);
        }
    }

    private void retire(int place) {
        if (place == MemberTable.NONE) {
            return;
        }
        if (waitingCount == MAX_WAITING) {
            grace.await(ROUNDS_UNTIL_FORGOTTEN);
            reclaim();
        }
        int tail = (head + waitingCount++) % MAX_WAITING;
        waiting[tail] = place;
        epochs[tail] = quiescent.retireEpoch();
    }

    @Override
    public void interfaceRemoved(int interfaceId) {
        if (assembly.interfaceId() == interfaceId) {
            assembly.abandon();
        }
        clear(interfaceId);
    }

    /** Takes the list away of an interface that stays which no resynchronisation has repeated. */
    void sweep(int id) {
        if (marks[id] != mark.current()) {
            clear(id);
        }
    }

    /** Frees the lists that no worker can still see; returns how many. */
    int reclaim() {
        int freed = 0;
        while (waitingCount > 0 && quiescent.hasPassed(epochs[head])) {
            memory.free(waiting[head]);
            head = (head + 1) % MAX_WAITING;
            waitingCount--;
            freed++;
        }
        return freed;
    }
}
