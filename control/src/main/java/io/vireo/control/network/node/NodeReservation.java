package io.vireo.control.network.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node is asked to hold.
 *
 * @param id          of the reservation: 1 to 64 letters, digits, points, hyphens and underscores.
 * @param document    a whole configuration document.
 * @param lease       how long it is held, in whole seconds, 1 s to 10 min.
 * @param baseVersion the version that has to be current there; or null.
 * @param token       of the leader.
 */
public record NodeReservation(
        String id,
        String document,
        Duration lease,
        @Nullable Long baseVersion,
        long token) {}
