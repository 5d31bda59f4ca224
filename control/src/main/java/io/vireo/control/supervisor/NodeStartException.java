package io.vireo.control.supervisor;

/** A node that did not come up; the text holds the last lines of the log that says why. */
public final class NodeStartException extends RuntimeException {
    NodeStartException(String message) {
        super(message);
    }
}
