package io.vireo.control.node.scheduling;

import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be done about scheduling to get from one plan to another, in the order of the fields.
 *
 * <p>Nothing is ever removed under those that stay: what is new comes before what changes its parent, and what goes comes
 * last, but for the classes whose interface or port goes or moves.
 *
 * @param removedFirst classes that must go before their interface or port does, children first
 * @param rates ports whose rate differs, or that are opened anew and have one
 * @param added classes that are new, or stay where they are and differ, parents first
 * @param filters filters that are new or differ, or whose interface is new
 * @param filtersCleared filters of interfaces that stay and have classes no more
 * @param moved classes that change their parent, parents first
 * @param dropped classes that go from an interface that stays, children first
 * @param quotas what is to be done about quotas before and after
 * @param addedCount how many classes are new
 */
public record SchedulingDifference(
        List<ClassPlan> removedFirst,
        List<PortPlan> rates,
        List<ClassPlan> added,
        List<FilterPlan> filters,
        List<FilterPlan> filtersCleared,
        List<ClassPlan> moved,
        List<ClassPlan> dropped,
        QuotaDifference quotas,
        int addedCount) {

    /** What of a plan is compared: the ports by name, and what is scheduled on them. */
    public record Side(Map<String, PortPlan> ports, SchedulingPlan scheduling) {}

    /**
     * Compares two plans.
     *
     * @param opened ports that are opened anew
     * @param gone interfaces that go, perhaps to come back elsewhere
     */
    public static SchedulingDifference between(Side from, Side to, List<PortPlan> opened, List<InterfacePlan> gone) {
        return new Comparison(from, to, opened, gone).difference();
    }

    public int changedCount() {
        return added.size() - addedCount + moved.size() + rates.size();
    }

    public int removedCount() {
        return removedFirst.size() + dropped.size();
    }

    private static final class Comparison {
        private final Side from;
        private final Side to;
        private final Map<String, ClassPlan> before;
        private final Map<String, ClassPlan> after;
        private final Set<String> openedPorts = new HashSet<>();
        private final Set<String> lostPorts = new HashSet<>();
        private final Set<String> goneInterfaces = new HashSet<>();

        Comparison(Side from, Side to, List<PortPlan> opened, List<InterfacePlan> gone) {
            this.from = from;
            this.to = to;
            before = from.scheduling().classes();
            after = to.scheduling().classes();
            opened.forEach(port -> openedPorts.add(port.name()));
            from.ports().keySet().stream()
                    .filter(port -> openedPorts.contains(port) || !to.ports().containsKey(port))
                    .forEach(lostPorts::add);
            gone.forEach(element -> goneInterfaces.add(element.key()));
        }

        SchedulingDifference difference() {
            List<ClassPlan> removedFirst =
                    before.values().stream().filter(this::isRemovedFirst).toList();
            List<ClassPlan> dropped = before.values().stream()
                    .filter(old -> !isRemovedFirst(old) && !after.containsKey(old.key()))
                    .toList();
            long addedCount =
                    after.values().stream().filter(each -> !stays(each)).count();
            List<ClassPlan> added = after.values().stream()
                    .filter(each -> !stays(each) || (!isMoved(each) && !each.equals(before.get(each.key()))))
                    .toList();
            List<ClassPlan> moved =
                    after.values().stream().filter(this::isMoved).toList();
            return new SchedulingDifference(
                    removedFirst.reversed(),
                    rates(),
                    added,
                    filters(),
                    filtersCleared(),
                    moved,
                    dropped.reversed(),
                    QuotaDifference.between(from.scheduling(), to.scheduling(), removedFirst),
                    (int) addedCount);
        }

        private boolean isRemovedFirst(ClassPlan old) {
            ClassPlan kept = after.get(old.key());
            return goneInterfaces.contains(old.place().interfaceKey())
                    || lostPorts.contains(old.place().portName())
                    || (kept != null && !old.isSamePlace(kept));
        }

        /** Whether it is there all the time. */
        private boolean stays(ClassPlan element) {
            ClassPlan old = before.get(element.key());
            return old != null && !isRemovedFirst(old);
        }

        private boolean isMoved(ClassPlan element) {
            ClassPlan old = before.get(element.key());
            return old != null && !isRemovedFirst(old) && old.parentClassId() != element.parentClassId();
        }

        private List<PortPlan> rates() {
            return to.ports().values().stream().filter(this::isShapedAnew).toList();
        }

        private boolean isShapedAnew(PortPlan port) {
            PortPlan old =
                    openedPorts.contains(port.name()) ? null : from.ports().get(port.name());
            return old == null ? port.rateBitsPerSecond() != 0 : !old.port().equals(port.port());
        }

        private List<FilterPlan> filters() {
            Map<String, FilterPlan> old = from.scheduling().filters();
            return to.scheduling().filters().values().stream()
                    .filter(filter -> hasGone(filter.interfaceKey()) || !filter.equals(old.get(filter.interfaceKey())))
                    .toList();
        }

        /** Whether an interface goes, or its classes do, and a tunnel's filter with them. */
        private boolean hasGone(String interfaceKey) {
            ClassPlan top = before.get(interfaceKey);
            return goneInterfaces.contains(interfaceKey) || (top != null && isRemovedFirst(top));
        }

        private List<FilterPlan> filtersCleared() {
            return from.scheduling().filters().values().stream()
                    .filter(filter -> !hasGone(filter.interfaceKey())
                            && !to.scheduling().filters().containsKey(filter.interfaceKey()))
                    .toList();
        }
    }
}
