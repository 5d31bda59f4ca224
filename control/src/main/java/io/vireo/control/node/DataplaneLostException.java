package io.vireo.control.node;

/** The data plane died while it was told something. It will be told everything when the next one has started. */
final class DataplaneLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataplaneLostException(String message) {
        super(message);
    }
}
