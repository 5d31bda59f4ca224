package io.vireo.control.linux.netlink;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpPrefix;
import org.jspecify.annotations.Nullable;

/**
 * A policy rule: which packets are looked up in which table ({@code ip-rule(8)}).
 *
 * @param priority           rules are tried by rising priority, unsigned
 * @param action             {@link #TO_TABLE} and others ({@code FR_ACT_*})
 * @param table              the table of {@link #TO_TABLE}
 * @param destination        packets to these addresses, or null for any
 * @param inputInterface     packets that came in by this interface, or empty for any; {@link #LOOPBACK} for the machine's own
 * @param outputInterface    packets of sockets bound to this interface, or empty for any
 * @param isInverted         whether it is meant for all packets that do <em>not</em> match
 * @param hasOtherConditions whether it asks for anything else: source, type of service, mark, ports, …, or refuses some of the
 *                           routes that it finds ({@code suppress_prefixlength})
 */
public record RuleMessage(
        AddressFamily family,
        int priority,
        int action,
        int table,
        @Nullable IpPrefix destination,
        String inputInterface,
        String outputInterface,
        boolean isInverted,
        boolean hasOtherConditions) {
    /** Look the packet up in a table ({@code FR_ACT_TO_TBL}). */
    public static final int TO_TABLE = 1;

    /** Do nothing ({@code FR_ACT_NOP}). */
    public static final int NO_OPERATION = 3;

    /** By this input interface come the packets that the machine itself sends. */
    public static final String LOOPBACK = "lo";
}
