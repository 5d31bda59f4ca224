package io.vireo.dpdk;

/** Turns a failed {@code rte_eal_init} into a sentence that says what to do. */
final class EalFailure {
    private EalFailure() {}

    static DpdkException explain(final int errno, final String log, final EalContext context) {
        final String message = "cannot start DPDK: " + reason(errno, log, context) + said(log);
        return new DpdkException(message, errno);
    }

    private static String reason(final int errno, final String log, final EalContext context) {
        if (errno == Errno.EALREADY) {
            return "it was started in this process before; a process has one EAL, once";
        }
        if (context.useHugepages() && (log.contains("hugepage") || log.contains("memory"))) {
            return "no hugepages for " + context.memoryMegabytes() + " MB; reserve them (sysctl vm.nr_hugepages="
                    + context.memoryMegabytes() / 2 + ") or start without: EalContext.useHugepages(false)";
        }
        if (log.contains("unrecognized option") || log.contains("invalid") || errno == Errno.EINVAL) {
            return "it refused an argument";
        }
        if (errno == Errno.ENOMEM || log.contains("llocate memory") || log.contains("Out of memory")) {
            return "not enough memory for " + context.memoryMegabytes()
                    + " MB; lower EalContext.memoryMegabytes or free memory";
        }
        if (errno == Errno.EACCES || log.contains("ermission denied")) {
            return "no permission; run as root, or give the process CAP_NET_RAW, CAP_NET_ADMIN and CAP_IPC_LOCK";
        }
        return Errno.text(errno);
    }

    private static String said(final String log) {
        return log.isEmpty() ? "" : ". DPDK said: " + log.replaceAll("\\s*\\R\\s*", "; ");
    }
}
