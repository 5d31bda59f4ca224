package io.vireo.control.network.controller;

import java.util.Map;
import java.util.function.Consumer;

/** Brings parts onto nodes: onto all, or onto none. Called by one thread at a time. */
public interface Mesh {

    /**
     * Brings parts onto nodes. When it returns it is decided and so kept; a node that went away between decision and commit gets
     * its part when it is back.
     *
     * @param version of the network: a number used once.
     * @param apis the address of each node's API, by its name.
     * @param parts by the nodes' names.
     * @param steps takes what happens meanwhile.
     * @throws PartsRefusedException when nothing was changed.
     */
    void bring(long version, Map<String, String> apis, Map<String, String> parts, Consumer<NodeStep> steps)
            throws PartsRefusedException;

    /** Brings what was decided onto nodes that were away then. To be called in rounds; any thread. */
    void catchUp();

    /** Ends what a controller before left undone; returns whether that version was decided. */
    boolean recover(long version);
}
