package io.vireo.control.node.ike;

/** A file that a document names cannot be used; the text says field, file and reason. */
final class SecretFileException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretFileException(String message) {
        super(message);
    }
}
