package io.vireo.control.desired;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a reservation.
 *
 * @param id      its identifier.
 * @param state   {@code HELD} or {@code COMMITTED}; of one that was released nothing is known.
 * @param holder  the user who reserved it, while it is held.
 * @param token   of the leader who reserved it, while it is held.
 * @param until   when its lease ends, as the clock is set now, while it is held.
 * @param version the version it was committed as; while it is held the one that is current, which it is to follow.
 */
public record ReservationStatus(
        String id,
        State state,
        @Nullable String holder,
        @Nullable Long token,
        @Nullable Instant until,
        long version) {

    /** How far it is. */
    public enum State {
        HELD,
        COMMITTED
    }

    static ReservationStatus committed(String id, long version) {
        return new ReservationStatus(id, State.COMMITTED, null, null, null, version);
    }
}
