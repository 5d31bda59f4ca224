package io.vireo.control.view;

/** As many captures run already as the data plane can do. */
public final class TooManyCapturesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param limit how many that is.
     */
    public TooManyCapturesException(int limit) {
        super("as many captures run already as the data plane can do, which is " + limit + "; end one of them first");
    }
}
