package io.vireo.dpdk;

/**
 * A port's carrier.
 *
 * @param up whether there is one.
 * @param speedMegabitsPerSecond as negotiated; 0 when down, {@link #SPEED_UNKNOWN} when the driver cannot say.
 */
public record LinkStatus(boolean up, long speedMegabitsPerSecond) {
    /** The speed of a port whose driver does not know it. */
    public static final long SPEED_UNKNOWN = 0xFFFF_FFFFL;
}
