package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RuleMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * About which packets of a family policy rules decide ({@code ip-rule(8)}), so that they are left to Linux: none while the
 * rules are those that the kernel begins with, local, then main; those to some destinations, when every other rule names one;
 * else all. Of no effect on what the data plane forwards are rules for the machine's own packets, and rules behind main: they
 * are asked when main has no route, and such packets are punted anyway.
 *
 * @param isAll        whether rules decide about all packets
 * @param destinations about packets to these they decide
 * @param text         which rule it is, for the operator; empty when there is none
 */
record PolicyRules(boolean isAll, Set<IpPrefix> destinations, String text) {
    static final PolicyRules NONE = new PolicyRules(false, Set.of(), "");

    /** @param rules of one family, in the order in which the kernel tries them */
    static PolicyRules of(AddressFamily family, List<RuleMessage> rules) {
        Set<IpPrefix> destinations = new LinkedHashSet<>();
        String text = "";
        boolean isLocalAsked = false;
        for (RuleMessage rule : rules) {
            if (isWithoutEffect(rule) || (isLocalAsked && isPlain(rule, RouteMessage.TABLE_LOCAL))) {
                continue;
            }
            if (isPlain(rule, RouteMessage.TABLE_LOCAL)) {
                isLocalAsked = true;
            } else if (isLocalAsked && isPlain(rule, RouteMessage.TABLE_MAIN)) {
                return new PolicyRules(false, destinations, text);
            } else if (rule.destination() == null || rule.isInverted()) {
                return new PolicyRules(true, Set.of(), text(family, rule, "all packets"));
            } else {
                text = text.isEmpty() ? text(family, rule, "packets to " + rule.destination()) : text;
                if (MirroredRoutes.isMirrored(rule.destination())) {
                    destinations.add(rule.destination());
                }
            }
        }
        return new PolicyRules(
                true, Set.of(), "the " + family + " rules do not ask the tables local and main as usual");
    }

    /** Whether rules decide about packets to a prefix, or to a part of it that has no route of its own. */
    boolean govern(IpPrefix prefix) {
        if (isAll) {
            return true;
        }
        for (IpPrefix destination : destinations) {
            if (destination.prefixLength() <= prefix.prefixLength() && destination.contains(prefix.network())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithoutEffect(RuleMessage rule) {
        boolean isForOwnPackets = rule.inputInterface().equals(RuleMessage.LOOPBACK)
                || !rule.outputInterface().isEmpty();
        return rule.action() == RuleMessage.NO_OPERATION || (isForOwnPackets && !rule.isInverted());
    }

    private static boolean isPlain(RuleMessage rule, int table) {
        return rule.action() == RuleMessage.TO_TABLE
                && rule.table() == table
                && rule.destination() == null
                && rule.inputInterface().isEmpty()
                && rule.outputInterface().isEmpty()
                && !rule.isInverted()
                && !rule.hasOtherConditions();
    }

    private static String text(AddressFamily family, RuleMessage rule, String packets) {
        return "the " + family + " rule " + Integer.toUnsignedString(rule.priority()) + " decides about " + packets;
    }
}
