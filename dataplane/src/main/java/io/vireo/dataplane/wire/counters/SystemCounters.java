package io.vireo.dataplane.wire.counters;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The {@link SystemCounter}s in shared memory. Created by the data plane, attached to by control. A counter's writers
 * stand in its documentation: one that several threads write takes {@link AtomicCounter#increment}, a single writer may
 * take {@link AtomicCounter#incrementOpaque}.
 */
public final class SystemCounters {
    private final AtomicCounter[] counters;

    private SystemCounters(AtomicCounter[] counters) {
        this.counters = counters;
    }

    /** Allocates all of them: the data plane, at its start, before any other counter. */
    public static SystemCounters create(CountersManager manager) {
        SystemCounter[] all = SystemCounter.values();
        var counters = new AtomicCounter[all.length];
        for (SystemCounter each : all) {
            counters[each.counterId()] = manager.newCounter(each.description(), each.typeId());
        }
        return new SystemCounters(counters);
    }

    /** Finds them. One that an older data plane does not have reads 0 and is counted nowhere. */
    public static SystemCounters attach(CountersReader reader) {
        SystemCounter[] all = SystemCounter.values();
        var counters = new AtomicCounter[all.length];
        for (SystemCounter each : all) {
            boolean exists = reader.getCounterState(each.counterId()) == CountersReader.RECORD_ALLOCATED
                    && reader.getCounterTypeId(each.counterId()) == each.typeId();
            counters[each.counterId()] = exists
                    ? new AtomicCounter(reader.valuesBuffer(), each.counterId())
                    : new AtomicCounter(new UnsafeBuffer(new byte[CountersReader.COUNTER_LENGTH]), 0);
        }
        return new SystemCounters(counters);
    }

    /** Returns a counter, to read it or, as one of its writers, to write it. */
    public AtomicCounter get(SystemCounter counter) {
        return counters[counter.counterId()];
    }
}
