package io.vireo.control.desired;

/** The desired state was changed by somebody else in the meantime, or the version asked for does not exist. */
public final class VersionConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    public VersionConflictException(String message) {
        super(message);
    }
}
