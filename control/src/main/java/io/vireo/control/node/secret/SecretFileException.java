package io.vireo.control.node.secret;

/** A file that a document names cannot be used; the text says field, file and reason. */
public final class SecretFileException extends Exception {
    private static final long serialVersionUID = 1L;

    SecretFileException(String message) {
        super(message);
    }
}
