package io.vireo.control.network.controller;

/**
 * What of a substrate link is guaranteed to virtual links, in one of its directions.
 *
 * @param link its name.
 * @param from the node that sends.
 * @param port by which it sends.
 * @param to the node that receives.
 * @param reservableBitsPerSecond what may be guaranteed at most.
 * @param soldBitsPerSecond what is.
 * @param virtualLinks how many share it.
 * @param up whether it is planned with.
 */
public record SubstrateLoad(
        String link,
        String from,
        String port,
        String to,
        long reservableBitsPerSecond,
        long soldBitsPerSecond,
        int virtualLinks,
        boolean up) {

    /** What may still be guaranteed. */
    public long leftBitsPerSecond() {
        return Math.max(0, reservableBitsPerSecond - soldBitsPerSecond);
    }
}
