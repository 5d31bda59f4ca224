package io.vireo.control.network.watch;

import java.io.IOException;

/** Asks a node how it is. Any thread; each method throws an IOException when the node does not answer. */
public interface NodeReader {

    /**
     * What the node says of itself.
     *
     * @param api address of its API.
     */
    NodeReport read(String api) throws IOException;

    /**
     * What bringing a part would change on the node: nothing while it has what it should.
     *
     * @return for people; empty when nothing would change.
     */
    String drift(String api, String part) throws IOException;
}
