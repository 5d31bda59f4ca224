package io.vireo.dataplane.schedule.policy;

/**
 * Ports from first to last, both within.
 *
 * @param first 0 to 65535
 * @param last first to 65535
 */
public record PortRange(int first, int last) {
    private static final int MAX_PORT = 65_535;

    /** Refuses what is no range of ports. */
    public PortRange {
        if (first < 0 || last > MAX_PORT || first > last) {
            throw new IllegalArgumentException("ports must be 0 to 65535 in order, not " + first + " to " + last);
        }
    }

    /** A single port. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }
}
