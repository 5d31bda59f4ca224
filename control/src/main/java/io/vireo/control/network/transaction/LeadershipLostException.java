package io.vireo.control.network.transaction;

/** Another controller is leader: this one may change nothing more. */
public final class LeadershipLostException extends Exception {
    private static final long serialVersionUID = 1L;

    public LeadershipLostException(String message) {
        super(message);
    }
}
