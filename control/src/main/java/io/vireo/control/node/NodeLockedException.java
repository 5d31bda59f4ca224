package io.vireo.control.node;

/** Another control process runs on this node; the message names it. */
public final class NodeLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeLockedException(String message, Throwable cause) {
        super(message, cause);
    }
}
