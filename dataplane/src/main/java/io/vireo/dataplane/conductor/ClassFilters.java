package io.vireo.dataplane.conductor;

import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.schedule.order.FilterMemory;
import io.vireo.dataplane.schedule.policy.FilterImageCheck;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import java.util.Arrays;

/**
 * The class filters of interfaces: put together from their parts, checked, and kept where workers read them. Single user: the
 * conductor.
 *
 * <p>A place is given back when the worker has carried out the order that replaces it; until then it waits in a queue.
 */
final class ClassFilters {
    private static final int NONE = FilterMemory.NONE;
    private static final int MAX_WAITING = 1_024;

    private final FilterMemory memory;
    private final ClassOrders orders;
    private final ClassState state;
    private final Refusal refusal;
    private final ImageAssembly assembly;
    private final int[] places;
    private final int[] defaults;
    private final long[] digests;
    private final byte[] marks;
    private final byte[] ports;
    private final int[] waiting = new int[MAX_WAITING];
    private final long[] positions;
    private int waitingHead;
    private int waitingCount;

    ClassFilters(FilterMemory memory, ClassOrders orders, ClassState state, int maxInterfaces, Refusal refusal) {
        this.memory = memory;
        this.orders = orders;
        this.state = state;
        this.refusal = refusal;
        assembly = new ImageAssembly(memory, refusal, " longs (vireo.filter.longs)");
        places = new int[maxInterfaces];
        defaults = new int[maxInterfaces];
        digests = new long[maxInterfaces];
        marks = new byte[maxInterfaces];
        ports = new byte[maxInterfaces];
        positions = new long[MAX_WAITING * orders.workers()];
        Arrays.fill(places, NONE);
    }

    /** Takes a part; false when refused, and then the parts before it are forgotten. */
    boolean take(int interfaceId, int totalLongs, int firstLong, FilterChunk chunk) {
        if (firstLong == 0 && waitingCount == MAX_WAITING) {
            assembly.abandon();
            return refusal.because(CommandResult.LIMIT, "image: too many filters are being replaced at once");
        }
        return assembly.take(interfaceId, totalLongs, firstLong, chunk);
    }

    boolean isComplete() {
        return assembly.isComplete();
    }

    /** Puts the assembled image to use, if it is sound and all its classes are there. */
    boolean commit(ClassOrder order, int worker, int defaultClassId, byte mark) {
        int interfaceId = assembly.interfaceId();
        if (!checkClass("defaultClassId", defaultClassId, interfaceId) || !checkImage(interfaceId)) {
            assembly.abandon();
            return false;
        }
        int place = assembly.handOver();
        marks[interfaceId] = mark;
        digests[interfaceId] = SchedulingDigest.of(memory.words(), place, assembly.totalLongs());
        ports[interfaceId] = (byte) order.portId;
        set(order, worker, interfaceId, place, defaultClassId);
        return true;
    }

    private boolean checkImage(int interfaceId) {
        int place = assembly.place();
        if (place == NONE) {
            return true;
        }
        long[] words = memory.words();
        String defect = FilterImageCheck.defectOf(words, place, assembly.totalLongs());
        if (defect != null) {
            return refusal.becauseOf(CommandResult.INVALID, "image: ", defect);
        }
        int rules = FilterImageCheck.rules(words, place);
        for (int rule = 0; rule < rules; rule++) {
            if (!checkClass("image", FilterImageCheck.classOfRule(words, place, rule), interfaceId)) {
                return false;
            }
        }
        return checkClass("image", FilterImageCheck.defaultClass(words, place), interfaceId);
    }

    private boolean checkClass(String field, long classId, int interfaceId) {
        if (classId == ClassState.NO_CLASS) {
            return true;
        }
        boolean isOwn = classId > 0
                && classId < state.capacity()
                && state.isPresent((int) classId)
                && state.interfaceOf((int) classId) == interfaceId;
        if (isOwn) {
            return true;
        }
        refusal.because(CommandResult.NOT_FOUND, field);
        return refusal.append(": the interface has no class ", classId, "");
    }

    private void set(ClassOrder order, int worker, int interfaceId, int place, int defaultClass) {
        int old = places[interfaceId];
        places[interfaceId] = place;
        defaults[interfaceId] = defaultClass;
        order.interfaceId = interfaceId;
        order.filterAt = place;
        order.defaultClassId = defaultClass;
        orders.send(worker, order);
        if (old != NONE) {
            int tail = (waitingHead + waitingCount++) % MAX_WAITING;
            waiting[tail] = old;
            orders.note(positions, tail * orders.workers());
        }
    }

    /** Takes an interface's filter away; false if that must be tried again later. */
    boolean clear(ClassOrder order, int worker, int interfaceId) {
        if (waitingCount == MAX_WAITING) {
            return false;
        }
        set(order, worker, interfaceId, NONE, ClassState.NO_CLASS);
        return true;
    }

    boolean isSet(int interfaceId) {
        return places[interfaceId] != NONE || defaults[interfaceId] != ClassState.NO_CLASS;
    }

    /** The port whose classes a filter that {@link #isSet} chooses from. */
    int port(int interfaceId) {
        return ports[interfaceId];
    }

    int defaultClass(int interfaceId) {
        return defaults[interfaceId];
    }

    /** {@link SchedulingDigest} of the image of a filter that {@link #isSet}; 0 = it has none. */
    long digest(int interfaceId) {
        return digests[interfaceId];
    }

    byte mark(int interfaceId) {
        return marks[interfaceId];
    }

    /** Gives back the places that no worker reads any more; returns how many. */
    int reclaim() {
        int given = 0;
        while (waitingCount > 0 && orders.isCarriedOut(positions, waitingHead * orders.workers())) {
            memory.free(waiting[waitingHead]);
            waitingHead = (waitingHead + 1) % MAX_WAITING;
            waitingCount--;
            given++;
        }
        return given;
    }
}
