package io.vireo.control.desired;

/** Who waits for the outcome of a request, as far as it matters to the one who works on it. */
@FunctionalInterface
public interface Caller {
    /** Waits however long it takes. */
    Caller PATIENT = () -> false;

    /** Whether nobody waits any more. Called by the thread that the request came on, a few times a second. */
    boolean isGone();
}
