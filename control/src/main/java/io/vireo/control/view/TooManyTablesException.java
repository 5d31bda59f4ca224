package io.vireo.control.view;

/** As many tables are being read already as control has memory for. */
public final class TooManyTablesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param limit how many that is.
     */
    public TooManyTablesException(int limit) {
        super(limit + " tables are being read already, which is as many as control keeps in memory; try again later");
    }
}
