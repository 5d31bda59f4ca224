package io.vireo.control.network.watch;

import java.util.Map;

/**
 * What a node says of itself.
 *
 * @param configVersion of its configuration.
 * @param isForwarding whether its data plane runs and is programmed.
 * @param ports state of each port, {@code up}, {@code down}, {@code failed} or {@code pending}, by its name.
 * @param links ends of virtual links by {@code VPN/ROUTER/INTERFACE}.
 */
public record NodeReport(
        long configVersion, boolean isForwarding, Map<String, String> ports, Map<String, LinkReport> links) {

    public NodeReport {
        ports = Map.copyOf(ports);
        links = Map.copyOf(links);
    }

    /**
     * An end of a virtual link.
     *
     * @param state {@code UP}, {@code WAITING}, {@code DOWN} or {@code DISABLED}.
     * @param reason why it is not up, or empty.
     * @param guaranteedBitsPerSecond what its node guarantees it in the sending direction; 0: nothing.
     * @param sentBytes so far: of its class of the port with all headers, or else of its interface.
     * @param droppedPackets so far, by the queues of its classes.
     */
    public record LinkReport(
            String state, String reason, long guaranteedBitsPerSecond, long sentBytes, long droppedPackets) {}
}
