package io.vireo.control.model;

/**
 * Controlled delay of a queue, RFC 8289: marks or drops when packets have waited too long for too long.
 *
 * @param target   the delay that may stand, more than 0 and less than the interval.
 * @param interval for how long it must have stood.
 */
public record CoDel(TimeSpan target, TimeSpan interval) {
    /** RFC 8289 §4.4. */
    public static final TimeSpan DEFAULT_TARGET = new TimeSpan(5_000_000);

    /** RFC 8289 §4.3. */
    public static final TimeSpan DEFAULT_INTERVAL = new TimeSpan(100_000_000);
}
