package io.vireo.control.network.watch;

import java.util.List;

/**
 * A virtual link of the network, and how it is.
 *
 * @param vpn of it.
 * @param link its name in the VPN.
 * @param a its first end.
 * @param b its other end.
 * @param path the substrate links that it takes, from a to b; none inside a node.
 * @param plannedBitsPerSecond what it is to have in each direction; 0: nothing is guaranteed.
 * @param up whether both ends say that packets pass.
 */
public record VirtualLinkView(
        String vpn, String link, End a, End b, List<String> path, long plannedBitsPerSecond, boolean up) {

    public VirtualLinkView {
        path = List.copyOf(path);
    }

    /**
     * An end, as its node says.
     *
     * @param node of the network.
     * @param path {@code VPN/ROUTER/INTERFACE} on that node.
     * @param state {@code UP}, {@code WAITING}, {@code DOWN}, {@code DISABLED}, or {@code UNKNOWN} while the node does not answer.
     * @param reason why it is not up, or empty.
     * @param guaranteedBitsPerSecond what its node guarantees it in the sending direction; 0: nothing.
     * @param sentBitsPerSecond what it sent of late.
     * @param droppedPackets dropped by the queues of its classes, so far.
     */
    public record End(
            String node,
            String path,
            String state,
            String reason,
            long guaranteedBitsPerSecond,
            long sentBitsPerSecond,
            long droppedPackets) {}
}
