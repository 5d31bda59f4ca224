package io.vireo.control.node.scheduling;

import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import java.util.List;

/**
 * Which class each packet goes to that leaves by an interface with classes.
 *
 * @param interfaceKey {@code VPN/ROUTER/INTERFACE}
 * @param rules first match first
 * @param defaultClassId the class of what no rule matches
 */
public record FilterPlan(String interfaceKey, int interfaceId, List<ClassFilterRule> rules, int defaultClassId) {
    private static final long[] EMPTY = {};

    /** As the data plane looks things up in it; empty when everything goes to the default. */
    public long[] image() {
        return rules.isEmpty() ? EMPTY : ClassFilterCompiler.compile(rules, defaultClassId);
    }

    /** By what its refusal is known. */
    public String subject() {
        return subject(interfaceKey);
    }

    public static String subject(String interfaceKey) {
        return "filter " + interfaceKey;
    }
}
