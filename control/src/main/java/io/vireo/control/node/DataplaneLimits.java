package io.vireo.control.node;

import io.vireo.control.model.Limits;
import io.vireo.dataplane.wire.SharedLimits;
import org.jspecify.annotations.Nullable;

/** What a data plane has room for; while there is none, what it has room for by default. */
record DataplaneLimits(int workers, int maxRouters, int maxInterfaces) {
    static DataplaneLimits of(@Nullable DataplaneSession session) {
        if (session == null) {
            return new DataplaneLimits(Limits.MAX_RX_QUEUES, Limits.DEFAULT_MAX_ROUTERS, Limits.DEFAULT_MAX_INTERFACES);
        }
        SharedLimits limits = session.memory().limits();
        return new DataplaneLimits(limits.workers(), limits.maxRouters(), limits.maxInterfaces());
    }
}
