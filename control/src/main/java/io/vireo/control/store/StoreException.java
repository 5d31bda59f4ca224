package io.vireo.control.store;

/** The store cannot be used; the message names the file, what is wrong, and what can be done. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(final String message, final Throwable cause) {
        super(message, cause);
    }

    public StoreException(final String message) {
        super(message);
    }
}
