package io.vireo.control.node.scheduling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How what leaves by the ports is scheduled; the ports' rates are with the ports. Immutable.
 *
 * @param classes by key, parents before their children
 * @param filters by the interface's key
 * @param quotas by the VPN's name
 */
public record SchedulingPlan(
        Map<String, ClassPlan> classes, Map<String, FilterPlan> filters, Map<String, QuotaPlan> quotas) {
    public static final SchedulingPlan EMPTY = new SchedulingPlan(Map.of(), Map.of(), Map.of());

    public SchedulingPlan {
        classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes)); // the order counts
        filters = Map.copyOf(filters);
        quotas = Map.copyOf(quotas);
    }
}
