package io.vireo.dataplane.wire.counters;

/**
 * What an interface or a virtual router has handled, summed over the workers.
 *
 * @param generation changes when the counters begin anew at zero, because the id was given to another: a difference
 *     across generations has no meaning
 * @param rxPackets packets received
 * @param rxBytes bytes received, Ethernet header included, frame check sequence not
 * @param txPackets packets sent
 * @param txBytes bytes sent, counted likewise
 * @param dropPackets packets dropped
 * @param puntPackets packets handed to the control plane
 * @param puntLimitedPackets packets that would have been, but for the punt limit
 */
public record TrafficCounts(
        long generation,
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long dropPackets,
        long puntPackets,
        long puntLimitedPackets) {

    /** Of what nothing has been counted. */
    public static final TrafficCounts NONE = new TrafficCounts(0, 0, 0, 0, 0, 0, 0, 0);
}
