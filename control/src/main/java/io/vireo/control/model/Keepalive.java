package io.vireo.control.model;

/**
 * How a tunnel finds out whether its far end answers: by echo requests that are sent through it.
 *
 * @param target   an address behind it that answers them, of the far end as a rule.
 * @param interval between two requests, {@link Limits#MIN_KEEPALIVE_INTERVAL_NS} to {@link Limits#MAX_KEEPALIVE_INTERVAL_NS}, whole
 *                 milliseconds.
 * @param misses   requests in a row without an answer after which the tunnel is down, 1 to {@link Limits#MAX_KEEPALIVE_MISSES}.
 */
public record Keepalive(IpAddress target, TimeSpan interval, int misses) {
    /** Time between two requests. */
    public static final TimeSpan DEFAULT_INTERVAL = new TimeSpan(1_000_000_000L);

    /** As many as BFD's usual detection multiplier. */
    public static final int DEFAULT_MISSES = 3;

    private static final long NS_PER_MS = 1_000_000L;

    public Keepalive {
        boolean isInRange = interval.ns() >= Limits.MIN_KEEPALIVE_INTERVAL_NS
                && interval.ns() <= Limits.MAX_KEEPALIVE_INTERVAL_NS
                && interval.ns() % NS_PER_MS == 0;
        if (!isInRange) {
            throw new IllegalArgumentException("interval " + interval);
        }
        if (misses < 1 || misses > Limits.MAX_KEEPALIVE_MISSES) {
            throw new IllegalArgumentException("misses " + misses);
        }
    }

    /** Returns the milliseconds between two requests. */
    public int intervalMs() {
        return (int) (interval.ns() / NS_PER_MS);
    }
}
