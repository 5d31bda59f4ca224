package io.vireo.dataplane.wire.counters;

import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_LIFE;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_LOST;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_REQUESTS;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_ROUND_TRIP_NS;
import static io.vireo.dataplane.wire.layout.SharedLayout.KEEPALIVE_STATE;

import io.vireo.dataplane.wire.code.KeepaliveState;
import io.vireo.dataplane.wire.layout.SharedLayout;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes what keepalives find. Single writer: the first worker. No allocation; what of a row is written together may be read apart.
 */
public final class KeepaliveWriter {
    private final UnsafeBuffer rows;

    public KeepaliveWriter(UnsafeBuffer rows) {
        this.rows = rows;
    }

    /**
     * Says what there is to say of an interface, see {@link KeepaliveCounts}.
     *
     * @param life which tunnel it is that the interface stands for now
     * @param stateCode of a {@link KeepaliveState}
     */
    public void show(int interfaceId, long life, int stateCode, long requests, long lost, long roundTripNs) {
        int row = SharedLayout.keepaliveRowOffset(interfaceId);
        rows.putLongOpaque(row + KEEPALIVE_LIFE, life);
        rows.putLongOpaque(row + KEEPALIVE_REQUESTS, requests);
        rows.putLongOpaque(row + KEEPALIVE_LOST, lost);
        rows.putLongOpaque(row + KEEPALIVE_ROUND_TRIP_NS, roundTripNs);
        rows.putLongOpaque(row + KEEPALIVE_STATE, stateCode);
    }

    /** An interface has no keepalives any more, unless those of another life are shown. */
    public void end(int interfaceId, long life) {
        int row = SharedLayout.keepaliveRowOffset(interfaceId);
        if (rows.getLong(row + KEEPALIVE_LIFE) == life) {
            show(interfaceId, 0, KeepaliveState.NONE.code(), 0, 0, 0);
        }
    }
}
