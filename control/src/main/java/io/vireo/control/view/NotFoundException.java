package io.vireo.control.view;

/** A request names a VPN, router, interface, port, version or drop reason that does not exist. */
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
