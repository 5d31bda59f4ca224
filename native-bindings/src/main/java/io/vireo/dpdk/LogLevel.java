package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;

/** How much DPDK writes to its log (standard error and syslog): this level and the ones above it. */
public enum LogLevel {
    /** An operation failed. */
    ERROR(Dpdk.RTE_LOG_ERR()),
    /** Something will probably not work as asked. */
    WARNING(Dpdk.RTE_LOG_WARNING()),
    /** Normal, but worth knowing. */
    NOTICE(Dpdk.RTE_LOG_NOTICE()),
    /** What is being set up. */
    INFO(Dpdk.RTE_LOG_INFO()),
    /** Everything. */
    DEBUG(Dpdk.RTE_LOG_DEBUG());

    private final int level;

    LogLevel(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }
}
