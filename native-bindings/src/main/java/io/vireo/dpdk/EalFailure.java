package io.vireo.dpdk;

import java.util.List;
import java.util.Locale;

/** Turns a failed {@code rte_eal_init} into a sentence that says what to do. */
final class EalFailure {
    private EalFailure() {}

    /**
     * Explains by DPDK's own log rather than by its error number, which is EACCES or EINVAL for very different things.
     *
     * @param arguments what the EAL was started with, the program's name first.
     */
    static DpdkException explain(int errno, String log, EalContext context, List<String> arguments) {
        return new DpdkException("cannot start DPDK: " + reason(errno, log, context, arguments) + said(log), errno);
    }

    private static String reason(int errno, String log, EalContext context, List<String> arguments) {
        String words = log.toLowerCase(Locale.ROOT);
        if (errno == RteErrno.EALREADY) {
            return "it was started in this process before; a process has one EAL, once";
        }
        if (words.contains("invalid 'command line' arguments")) {
            return "it refused an argument of " + String.join(" ", arguments);
        }
        if (words.contains("permission denied") || words.contains("not permitted")) {
            return "no permission; run as root, or give the process CAP_NET_RAW, CAP_NET_ADMIN and CAP_IPC_LOCK";
        }
        if (context.useHugepages() && (words.contains("hugepage") || words.contains("memory"))) {
            return "no hugepages for " + context.memoryMegabytes() + " MB; reserve them (sysctl vm.nr_hugepages="
                    + context.memoryMegabytes() / 2 + ") or start without: EalContext.useHugepages(false)";
        }
        return RteErrno.text(errno);
    }

    private static String said(String log) {
        return log.isEmpty() ? "" : ". DPDK said: " + NativeLog.onOneLine(log);
    }
}
