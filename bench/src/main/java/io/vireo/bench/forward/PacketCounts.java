package io.vireo.bench.forward;

/**
 * The counters of one forwarding thread at one moment.
 *
 * @param timeNs when they were read, by {@link System#nanoTime}
 * @param cpuTimeNs how long the forwarding thread has had a CPU
 * @param receivedPackets packets it took from the device
 * @param sentPackets packets the device took from it
 * @param lostPackets packets it or the device is known to have dropped, punted or refused
 */
public record PacketCounts(long timeNs, long cpuTimeNs, long receivedPackets, long sentPackets, long lostPackets) {}
