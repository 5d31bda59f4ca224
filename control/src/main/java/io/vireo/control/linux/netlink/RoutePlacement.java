package io.vireo.control.linux.netlink;

/**
 * How a route stands to the others of its prefix, table, type of service and metric, by the flags of its message
 * ({@code fib_table_insert()}, {@code fib6_add_rt2node()}).
 */
public enum RoutePlacement {
    /** Found by a dump, which names the routes of a prefix in the kernel's order. */
    LISTED,
    /** There was no other. */
    ALONE,
    /** Before the others (IPv4), as {@code ip route prepend} and a plain {@code add} have it. */
    FIRST,
    /** Behind the others ({@code NLM_F_APPEND}). */
    LAST,
    /** In place of the first of them ({@code NLM_F_REPLACE}), or of itself when its next-hop object has changed. */
    REPLACING;

    static RoutePlacement of(int messageFlags) {
        if ((messageFlags & Protocol.NLM_F_MULTI) != 0) {
            return LISTED;
        }
        if ((messageFlags & Protocol.NLM_F_REPLACE) != 0) {
            return REPLACING;
        }
        if ((messageFlags & Protocol.NLM_F_EXCL) != 0) {
            return ALONE;
        }
        return (messageFlags & Protocol.NLM_F_APPEND) != 0 ? LAST : FIRST;
    }
}
