package io.vireo.bench.demo.lab;

/**
 * What the data plane has counted for one virtual router.
 *
 * @param receivedPackets frames its interfaces took in
 * @param sentPackets frames forwarded out of its interfaces
 * @param puntedPackets frames handed to its namespace
 */
public record RouterTraffic(long receivedPackets, long sentPackets, long puntedPackets) {
    /** What was counted since {@code earlier}. */
    public RouterTraffic minus(RouterTraffic earlier) {
        return new RouterTraffic(
                receivedPackets - earlier.receivedPackets,
                sentPackets - earlier.sentPackets,
                puntedPackets - earlier.puntedPackets);
    }
}
