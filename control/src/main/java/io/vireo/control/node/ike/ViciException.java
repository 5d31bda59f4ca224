package io.vireo.control.node.ike;

/** charon refuses a command, or does not speak as it should. */
final class ViciException extends Exception {
    private static final long serialVersionUID = 1L;

    ViciException(String message) {
        super(message);
    }
}
