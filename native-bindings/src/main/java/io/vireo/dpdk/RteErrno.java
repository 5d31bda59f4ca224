package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** The error numbers of Linux that this package tells apart, and DPDK's own {@code rte_errno}. */
final class RteErrno {
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOTSUP = 95;
    static final int ENOBUFS = 105;
    static final int EALREADY = 114;

    private RteErrno() {}

    /**
     * The calling thread's {@code rte_errno}. It is a thread-local variable, and glibc's {@code dlsym} gives the address of
     * the calling thread's copy: it is therefore looked up each time and never kept.
     */
    static int current() {
        SymbolLookup eal = DpdkLibrary.eal();
        return eal.findOrThrow("per_lcore__rte_errno")
                .reinterpret(ValueLayout.JAVA_INT.byteSize())
                .get(ValueLayout.JAVA_INT, 0);
    }

    static String text(int errno) {
        return Dpdk.rte_strerror(errno).getString(0);
    }

    /** Turns a result that is negative on failure into an exception: {@code "cannot <what>: <reason>"}. */
    static void check(int result, String what) {
        if (result < 0) {
            throw failure(-result, what);
        }
    }

    static DpdkException failure(int errno, String what) {
        return new DpdkException("cannot " + what + ": " + text(errno), errno);
    }
}
