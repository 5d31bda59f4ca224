package io.vireo.control.profile;

/** A profile that does not exist or is not well-formed; the text says which field and why. */
public final class ProfileException extends RuntimeException {
    ProfileException(String message) {
        super(message);
    }
}
