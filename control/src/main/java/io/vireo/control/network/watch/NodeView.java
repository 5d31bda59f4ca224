package io.vireo.control.network.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node of the network.
 *
 * @param node its name.
 * @param reachable whether its API answers.
 * @param error why not, or empty.
 * @param since since when it does or does not, or null before the first answer.
 * @param configVersion the version of its configuration when it answered last, or null.
 * @param forwarding whether its data plane ran then.
 * @param inSync whether it had then what it should.
 * @param drift what bringing its part again would change, for people; or empty.
 */
public record NodeView(
        String node,
        boolean reachable,
        String error,
        @Nullable Instant since,
        @Nullable Long configVersion,
        boolean forwarding,
        boolean inSync,
        String drift) {}
