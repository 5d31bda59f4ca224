package io.vireo.control.network.node;

/** Finds nodes by the addresses of their APIs. */
@FunctionalInterface
public interface NodeConnector {

    /**
     * A node's API; connects when it is called.
     *
     * @param api such as {@code unix:/run/vireo/n1.sock}.
     * @throws IllegalArgumentException when it is no address.
     */
    NodeApi at(String api);
}
