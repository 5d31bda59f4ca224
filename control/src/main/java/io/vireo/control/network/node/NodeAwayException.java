package io.vireo.control.network.node;

/** A node did not answer, or cannot just now: what it was asked may have been done, or may be done yet. */
public final class NodeAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    public NodeAwayException(String reason) {
        super(reason);
    }
}
