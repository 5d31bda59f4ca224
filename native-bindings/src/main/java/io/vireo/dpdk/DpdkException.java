package io.vireo.dpdk;

/** DPDK refused something at start-up or on a control path. The message says what, why, and where possible what to do. */
public final class DpdkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    DpdkException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** Returns the positive error number DPDK gave ({@code errno} values of Linux), or 0 if it gave none. */
    public int errno() {
        return errno;
    }
}
