package io.vireo.control.desired;

/** As many documents wait to be read as may. */
public final class TooManyDocumentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyDocumentsException(int waiting) {
        super(waiting + " documents wait to be read, which is as many as may; try again later");
    }
}
