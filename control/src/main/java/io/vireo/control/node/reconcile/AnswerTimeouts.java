package io.vireo.control.node.reconcile;

import java.time.Duration;

/**
 * How long the data plane may take.
 *
 * @param port to open or close a port, which some devices take seconds for
 * @param confirmation to do everything it was sent before a barrier
 */
public record AnswerTimeouts(Duration port, Duration confirmation) {
    public static final AnswerTimeouts DEFAULT = new AnswerTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30));
}
