package io.vireo.control.view;

/** The data plane does not take a key. */
public final class KeyRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyRefusedException(String message) {
        super(message);
    }
}
