package io.vireo.control.desired;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to change the desired state.
 *
 * @param author        who requests it.
 * @param comment       why, possibly empty.
 * @param baseVersion   the version it was made from: rejected when another is current by now; null to skip this check.
 * @param confirmWithin how long to wait for a confirmation before reverting, or null to need none.
 * @param trial         the version on trial that it knowingly goes on from, though somebody else put it on trial; or null.
 */
public record ChangeRequest(
        String author,
        String comment,
        @Nullable Long baseVersion,
        @Nullable Duration confirmWithin,
        @Nullable Long trial) {

    /** Bounds of {@code confirmWithin}: long enough to type, short enough to wait for. */
    public static final Duration MIN_CONFIRM = Duration.ofSeconds(1);

    public static final Duration MAX_CONFIRM = Duration.ofDays(7);

    /** A request that names no trial. */
    public ChangeRequest(String author, String comment, @Nullable Long baseVersion, @Nullable Duration confirmWithin) {
        this(author, comment, baseVersion, confirmWithin, null);
    }

    public ChangeRequest {
        if (confirmWithin != null
                && (confirmWithin.compareTo(MIN_CONFIRM) < 0 || confirmWithin.compareTo(MAX_CONFIRM) > 0)) {
            throw new IllegalArgumentException(
                    "confirm: " + confirmWithin.toSeconds() + " s is not between 1 s and 7 days");
        }
    }
}
