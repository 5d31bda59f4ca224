package io.vireo.dataplane.wire.counters;

import io.vireo.dataplane.wire.code.KeepaliveState;

/**
 * What the keepalives of an interface have found.
 *
 * @param state whether the far end answers
 * @param requests sent, since the interface is there
 * @param lost of these, not answered before the next one
 * @param roundTripNs of the last that was answered; 0: none was
 */
public record KeepaliveCounts(KeepaliveState state, long requests, long lost, long roundTripNs) {
    /** Of an interface without keepalives. */
    public static final KeepaliveCounts NONE = new KeepaliveCounts(KeepaliveState.NONE, 0, 0, 0);
}
