package io.vireo.control.node.scheduling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be done about quotas to get from one plan to another. A quota can go when no class uses it any more, and must
 * be there before the first class that does.
 *
 * @param unused quotas that nobody uses when the classes of interfaces that go have gone
 * @param before quotas that are there together when the first class comes
 * @param gone those of them that nobody uses in the end
 * @param after the quotas that are there in the end
 */
record QuotaDifference(List<QuotaPlan> unused, List<QuotaPlan> before, List<QuotaPlan> gone, List<QuotaPlan> after) {

    /** @param removedFirst the classes of interfaces that go, perhaps to come back elsewhere */
    static QuotaDifference between(SchedulingPlan from, SchedulingPlan to, Collection<ClassPlan> removedFirst) {
        Set<ClassPlan> going = new HashSet<>(removedFirst);
        Set<Integer> used = new HashSet<>();
        from.classes().values().stream()
                .filter(element -> !going.contains(element))
                .forEach(element -> used.add(element.quotaId()));
        List<QuotaPlan> unused = new ArrayList<>();
        List<QuotaPlan> gone = new ArrayList<>();
        for (QuotaPlan quota : from.quotas().values()) {
            QuotaPlan kept = to.quotas().get(quota.vpn());
            if (kept == null || kept.quotaId() != quota.quotaId()) {
                (used.contains(quota.quotaId()) ? gone : unused).add(quota);
            }
        }
        List<QuotaPlan> before = new ArrayList<>(to.quotas().values());
        before.addAll(gone);
        return new QuotaDifference(unused, before, gone, List.copyOf(to.quotas().values()));
    }
}
