package io.vireo.control.network.node;

/** A node answered, and refused; the message is its own. */
public final class NodeRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public NodeRefusedException(String reason) {
        super(reason);
    }
}
