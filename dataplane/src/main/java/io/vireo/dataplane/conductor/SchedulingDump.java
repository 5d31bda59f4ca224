package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.layout.SharedLayout;

/** Reports to control what is scheduled how: rates, quotas, classes, filters. Part of {@link Dumps}. Single user: the conductor. */
final class SchedulingDump {
    private static final int RATES = 0;
    private static final int QUOTAS = 1;
    private static final int CLASSES = 2;
    private static final int FILTERS = 3;
    private static final int DONE = 4;

    private final ClassState state;
    private final ClassQuotas quotas;
    private final ClassFilters filters;
    private final PortSchedulers schedulers;
    private final int maxInterfaces;
    private final EventProxy events;
    private int phase;
    private int position;

    SchedulingDump(
            ClassState state,
            ClassQuotas quotas,
            ClassFilters filters,
            PortSchedulers schedulers,
            int maxInterfaces,
            EventProxy events) {
        this.state = state;
        this.quotas = quotas;
        this.filters = filters;
        this.schedulers = schedulers;
        this.maxInterfaces = maxInterfaces;
        this.events = events;
    }

    void begin() {
        phase = RATES;
        position = 0;
    }

    boolean isDone() {
        return phase == DONE;
    }

    /** Looks at one object, for which the event ring must have room; returns how many events were sent: 0 or 1. */
    int step(long correlationId) {
        if (position == end()) {
            phase++;
            position = 0;
            return 0;
        }
        int id = position++;
        return switch (phase) {
            case RATES -> rateStep(correlationId, id);
            case QUOTAS -> quotaStep(correlationId, id);
            case CLASSES -> classStep(correlationId, id);
            case FILTERS -> filterStep(correlationId, id);
            default -> 0;
        };
    }

    private int end() {
        return switch (phase) {
            case RATES -> SharedLayout.MAX_PORTS;
            case QUOTAS -> quotas.count();
            case CLASSES -> state.capacity();
            case FILTERS -> maxInterfaces;
            default -> 0;
        };
    }

    private int rateStep(long correlationId, int port) {
        if (schedulers.rate(port) == 0) {
            return 0;
        }
        events.rateEntry(correlationId, port, schedulers.rate(port), schedulers.overheadBytes(port));
        return 1;
    }

    private int quotaStep(long correlationId, int quota) {
        if (quota == ClassQuotas.COMMON || !quotas.exists(quota)) {
            return 0;
        }
        events.quotaEntry(correlationId, quota, quotas.packets(quota), quotas.bytes(quota));
        return 1;
    }

    private int classStep(long correlationId, int id) {
        if (!state.isPresent(id)) {
            return 0;
        }
        events.classEntry(correlationId, id, state.parent(id), state.port(id), state.interfaceOf(id), state.digest(id));
        return 1;
    }

    private int filterStep(long correlationId, int interfaceId) {
        if (!filters.isSet(interfaceId)) {
            return 0;
        }
        events.filterEntry(correlationId, interfaceId, filters.defaultClass(interfaceId), filters.digest(interfaceId));
        return 1;
    }
}
