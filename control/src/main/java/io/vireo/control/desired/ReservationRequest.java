package io.vireo.control.desired;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to reserve a configuration.
 *
 * @param id          of whoever reserves, never used for another document that was committed.
 * @param holder      the user who reserves.
 * @param lease       how long it is held unless it is committed, released or reserved again.
 * @param baseVersion the version it was made from: refused when another is current by now; null to skip this check.
 * @param token       of the leader who reserves; each leader has a higher one than those before.
 */
public record ReservationRequest(
        String id, String holder, Duration lease, @Nullable Long baseVersion, long token) {

    /** Bounds of the lease: longer than a mesh takes to answer, shorter than an operator would wait for a controller that is gone. */
    public static final Duration MIN_LEASE = Duration.ofSeconds(1);

    public static final Duration MAX_LEASE = Duration.ofMinutes(10);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public ReservationRequest {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id: '" + id + "' is not 1 to 64 letters, digits, points, hyphens and underscores");
        }
    }
}
