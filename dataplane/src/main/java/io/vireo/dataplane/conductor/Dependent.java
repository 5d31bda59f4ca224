package io.vireo.dataplane.conductor;

/**
 * Who depends on ports, interfaces or routers: is asked before one is removed, and notified. Refuses by
 * its {@link Refusal}. Single user: the conductor.
 */
interface Dependent {
    /** Whether a port may go; else says why not. */
    default boolean mayRemovePort(int port) {
        return true;
    }

    /** A port has gone. */
    default void portRemoved(int port) {}

    /** Whether an interface may go; else says why not. */
    default boolean mayRemoveInterface(int interfaceId) {
        return true;
    }

    /** An interface is about to go. */
    default void interfaceRemoved(int interfaceId) {}

    /** Whether a router may go; else says why not. */
    default boolean mayRemoveRouter(int router) {
        return true;
    }

    /** A router has gone. */
    default void routerRemoved(int router) {}
}
