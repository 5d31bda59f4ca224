package io.vireo.dpdk;

/** Turns a refusal of a port's driver into a sentence that says what to do. */
final class PortFailure {
    private PortFailure() {}

    static DpdkException plug(final String device, final String name, final int errno, final String log) {
        // Drivers give any error number, -1 above all: only this one can be relied on.
        final String hint = errno == Errno.EEXIST
                ? "a device called '" + name + "' is plugged already"
                : "no such device or driver, or it refused its arguments";
        return new DpdkException("cannot plug '" + device + "': " + hint + said(log), errno);
    }

    static DpdkException configure(final Port port, final int errno, final String log) {
        return new DpdkException("cannot configure " + port + ": " + Errno.text(errno) + said(log), errno);
    }

    static DpdkException queue(final Port port, final String queue, final int errno, final String log) {
        return new DpdkException(
                "cannot set up " + queue + " of " + port + ": " + Errno.text(errno) + said(log), errno);
    }

    static DpdkException start(final Port port, final int errno, final String log) {
        return new DpdkException("cannot start " + port + ": " + Errno.text(errno) + said(log), errno);
    }

    private static String said(final String log) {
        return log.isEmpty() ? "" : ". DPDK said: " + log.replaceAll("\\s*\\R\\s*", "; ");
    }
}
