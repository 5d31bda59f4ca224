package io.vireo.control.node.ike;

/** What came is no message of strongSwan's ha plugin. Its text holds nothing of what came. */
final class HaFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    HaFormatException(String message) {
        super(message);
    }
}
