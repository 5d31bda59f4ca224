package io.vireo.control.network.node;

/** A reservation is not held, nor was it committed: its lease ended, or it was never made. */
public final class NotHeldException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotHeldException(String reason) {
        super(reason);
    }
}
