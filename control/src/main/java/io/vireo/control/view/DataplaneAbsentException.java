package io.vireo.control.view;

/** The data plane is down, or did not answer in time. */
public final class DataplaneAbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataplaneAbsentException(String message) {
        super(message);
    }
}
