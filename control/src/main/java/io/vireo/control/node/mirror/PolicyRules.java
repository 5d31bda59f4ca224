package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RuleMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * About which packets of a family policy rules decide ({@code ip-rule(8)}), so that they are left to Linux: none while the
 * rules are those that the kernel begins with, local, then main; those to some destinations, when every other rule names one;
 * else all. Of no effect are rules for the machine's own packets. Rules behind main decide about packets for which main has no
 * route: the data plane, which would answer those, leaves them to Linux then.
 *
 * @param isAll        whether rules decide about all packets
 * @param destinations about packets to these they decide
 * @param leftToLinux  these, and those about packets to which they decide unless main has a route
 * @param text         which rule it is, for the operator; empty when there is none
 */
record PolicyRules(boolean isAll, Set<IpPrefix> destinations, Set<IpPrefix> leftToLinux, String text) {
    static final PolicyRules NONE = new PolicyRules(false, Set.of(), Set.of(), "");

    /** @param rules of one family, in the order in which the kernel tries them */
    static PolicyRules of(AddressFamily family, List<RuleMessage> rules) {
        Set<IpPrefix> destinations = new LinkedHashSet<>();
        String text = "";
        boolean isLocalAsked = false;
        for (int i = 0; i < rules.size(); i++) {
            RuleMessage rule = rules.get(i);
            if (isWithoutEffect(rule) || (isLocalAsked && isPlain(rule, RouteMessage.TABLE_LOCAL))) {
                continue;
            }
            if (isPlain(rule, RouteMessage.TABLE_LOCAL)) {
                isLocalAsked = true;
            } else if (isLocalAsked && isPlain(rule, RouteMessage.TABLE_MAIN)) {
                return behindMain(family, rules.subList(i + 1, rules.size()), destinations, text);
            } else if (rule.destination() == null || rule.isInverted()) {
                return ofAll(family, text(family, rule, "all packets"));
            } else {
                text = text.isEmpty() ? text(family, rule, "packets to " + rule.destination()) : text;
                if (MirroredRoutes.isMirrored(rule.destination())) {
                    destinations.add(rule.destination());
                }
            }
        }
        return ofAll(family, "the " + family + " rules do not ask the tables local and main as usual");
    }

    private static PolicyRules behindMain(
            AddressFamily family, List<RuleMessage> behind, Set<IpPrefix> destinations, String text) {
        for (RuleMessage rule : behind) {
            if (!isWithoutEffect(rule) && !isPlain(rule, RouteMessage.TABLE_DEFAULT)) {
                String which = text.isEmpty() ? text(family, rule, "packets without a route in table main") : text;
                Set<IpPrefix> leftToLinux = new LinkedHashSet<>(destinations);
                leftToLinux.add(everything(family));
                return new PolicyRules(false, destinations, leftToLinux, which);
            }
        }
        return new PolicyRules(false, destinations, destinations, text);
    }

    private static PolicyRules ofAll(AddressFamily family, String text) {
        return new PolicyRules(true, Set.of(), Set.of(everything(family)), text);
    }

    private static IpPrefix everything(AddressFamily family) {
        return new IpPrefix(new IpAddress(family, 0, 0), 0);
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
