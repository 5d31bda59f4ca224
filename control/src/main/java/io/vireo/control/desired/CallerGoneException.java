package io.vireo.control.desired;

/** A request was given up before anything was changed, for its caller has gone. */
public final class CallerGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerGoneException() {
        super("the client has gone; its request was given up and nothing was changed");
    }
}
