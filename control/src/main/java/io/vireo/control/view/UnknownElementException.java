package io.vireo.control.view;

/** Something was asked about a VPN, router, interface, port or drop reason that does not exist. */
public final class UnknownElementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownElementException(String message) {
        super(message);
    }
}
