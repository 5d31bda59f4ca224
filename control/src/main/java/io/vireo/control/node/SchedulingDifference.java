package io.vireo.control.node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done about scheduling to get from one plan to another, in the order of the fields.
 *
 * <p>Nothing is ever removed under those that stay: what is new comes before what changes its parent, and what goes comes
 * last, but for the classes whose interface goes or moves.
 *
 * @param displaced classes that must go before their interface does, children first
 * @param deserted quotas that nobody uses when those have gone
 * @param rates ports whose rate differs, or that are opened anew and have one
 * @param quotasBefore quotas that are there when the first class comes
 * @param placed classes that are new, or stay where they are and differ, parents first
 * @param filters filters that are new or differ, or whose interface is new
 * @param unfiltered filters of interfaces that stay and have classes no more
 * @param moved classes that change their parent, parents first
 * @param dropped classes that go from an interface that stays, children first
 * @param quotasGone quotas that nobody uses when those have gone
 * @param quotas the quotas that are there in the end
 * @param addedCount how many classes are new
 */
record SchedulingDifference(
        List<ClassPlan> displaced,
        List<QuotaPlan> deserted,
        List<PortPlan> rates,
        List<QuotaPlan> quotasBefore,
        List<ClassPlan> placed,
        List<FilterPlan> filters,
        List<FilterPlan> unfiltered,
        List<ClassPlan> moved,
        List<ClassPlan> dropped,
        List<QuotaPlan> quotasGone,
        List<QuotaPlan> quotas,
        int addedCount) {

    /**
     * Compares two plans.
     *
     * @param opened ports that are opened anew
     * @param gone interfaces that go, perhaps to come back elsewhere
     */
    static SchedulingDifference between(NodePlan from, NodePlan to, List<PortPlan> opened, List<InterfacePlan> gone) {
        return new Comparison(from, to, opened, gone).difference();
    }

    int changedCount() {
        return placed.size() - addedCount + moved.size() + rates.size();
    }

    int removedCount() {
        return displaced.size() + dropped.size();
    }

    private static final class Comparison {
        private final NodePlan from;
        private final NodePlan to;
        private final Set<String> openedPorts = new HashSet<>();
        private final Set<String> goneInterfaces = new HashSet<>();

        Comparison(NodePlan from, NodePlan to, List<PortPlan> opened, List<InterfacePlan> gone) {
            this.from = from;
            this.to = to;
            opened.forEach(port -> openedPorts.add(port.name()));
            gone.forEach(element -> goneInterfaces.add(element.key()));
        }

        SchedulingDifference difference() {
            List<ClassPlan> displaced = new ArrayList<>();
            List<ClassPlan> dropped = new ArrayList<>();
            for (ClassPlan before : from.scheduling().classes().values()) {
                ClassPlan after = to.scheduling().classes().get(before.key());
                if (isDisplaced(before)) {
                    displaced.add(before);
                } else if (after == null) {
                    dropped.add(before);
                }
            }
            List<ClassPlan> placed = new ArrayList<>();
            List<ClassPlan> moved = new ArrayList<>();
            int added = 0;
            for (ClassPlan after : to.scheduling().classes().values()) {
                ClassPlan before = from.scheduling().classes().get(after.key());
                if (before == null || isDisplaced(before)) {
                    placed.add(after);
                    added++;
                } else if (before.parentClassId() != after.parentClassId()) {
                    moved.add(after);
                } else if (!before.equals(after)) {
                    placed.add(after);
                }
            }
            List<QuotaPlan> deserted = deserted(displaced);
            List<QuotaPlan> gone = from.scheduling().quotas().values().stream()
                    .filter(quota -> !isKept(quota) && !deserted.contains(quota))
                    .toList();
            List<QuotaPlan> before = new ArrayList<>(to.scheduling().quotas().values());
            before.addAll(gone);
            return new SchedulingDifference(
                    displaced.reversed(),
                    deserted,
                    rates(),
                    before,
                    placed,
                    filters(),
                    unfiltered(),
                    moved,
                    dropped.reversed(),
                    gone,
                    List.copyOf(to.scheduling().quotas().values()),
                    added);
        }

        private boolean isDisplaced(ClassPlan before) {
            ClassPlan after = to.scheduling().classes().get(before.key());
            return goneInterfaces.contains(before.place().interfaceKey())
                    || (after != null && !before.isSamePlace(after));
        }

        private boolean isKept(QuotaPlan quota) {
            QuotaPlan after = to.scheduling().quotas().get(quota.vpn());
            return after != null && after.quotaId() == quota.quotaId();
        }

        private List<QuotaPlan> deserted(List<ClassPlan> displaced) {
            Set<Integer> used = new HashSet<>();
            Set<ClassPlan> going = new HashSet<>(displaced);
            from.scheduling().classes().values().stream()
                    .filter(before -> !going.contains(before))
                    .forEach(before -> used.add(before.quotaId()));
            return from.scheduling().quotas().values().stream()
                    .filter(quota -> !isKept(quota) && !used.contains(quota.quotaId()))
                    .toList();
        }

        private List<PortPlan> rates() {
            return to.ports().values().stream()
                    .filter(port -> {
                        PortPlan before = openedPorts.contains(port.name())
                                ? null
                                : from.ports().get(port.name());
                        return before == null
                                ? port.rateBitsPerSecond() != 0
                                : !before.port().equals(port.port());
                    })
                    .toList();
        }

        private List<FilterPlan> filters() {
            Map<String, FilterPlan> before = from.scheduling().filters();
            return to.scheduling().filters().values().stream()
                    .filter(filter -> goneInterfaces.contains(filter.interfaceKey())
                            || !filter.equals(before.get(filter.interfaceKey())))
                    .toList();
        }

        private List<FilterPlan> unfiltered() {
            return from.scheduling().filters().values().stream()
                    .filter(filter -> !goneInterfaces.contains(filter.interfaceKey())
                            && !to.scheduling().filters().containsKey(filter.interfaceKey()))
                    .toList();
        }
    }
}
