package io.vireo.control.view;

/**
 * What the keepalives of a tunnel have found.
 *
 * @param target      who answers them.
 * @param state       whether it does: {@code pending} before the first answer, or {@code misses} losses.
 * @param requests    sent since the tunnel is there, or the data plane was started.
 * @param lost        of these, not answered before the next one was sent.
 * @param roundTripNs of the last that was answered; 0: none was.
 */
public record KeepaliveStatus(String target, State state, long requests, long lost, long roundTripNs) {
    /** Whether there are answers. */
    public enum State {
        PENDING,
        UP,
        DOWN
    }
}
