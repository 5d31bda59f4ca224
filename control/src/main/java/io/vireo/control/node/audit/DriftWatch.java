package io.vireo.control.node.audit;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.namespace.Drift;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.AlarmStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of the namespaces is not as the configuration says. It is reported and not repaired: whoever changed it may have meant
 * it, and an {@code apply} restores it. Published once, again when it changes, and when it is over. Only the node agent's
 * thread uses it.
 */
public final class DriftWatch {
    private static final int MAX_NAMED = 20;

    private final Events events;
    private final Map<String, List<Drift>> standing = new TreeMap<>();
    private Map<String, RouterPlan> plans = Map.of();

    public DriftWatch(Events events) {
        this.events = events;
    }

    /** A change is under way: Linux is not yet as any plan says. */
    public void suspend() {
        plans = Map.of();
    }

    /** These plans are in force, and have been restored in Linux. */
    public void watch(Map<String, RouterPlan> inForce) {
        plans = inForce;
        standing.clear();
    }

    /** Compares a router's namespace with its plan. */
    List<Drift> compare(VirtualRouter router) {
        RouterPlan plan = plans.get(router.sync().name());
        if (plan == null) {
            return List.of();
        }
        List<Drift> found = compare(router, plan);
        List<Drift> before = found.isEmpty() ? standing.remove(plan.key()) : standing.put(plan.key(), found);
        if (!found.isEmpty() && !found.equals(before)) {
            events.warning(
                    "linux.drift",
                    plan.key(),
                    "is not as configured: " + text(found) + "; an apply restores it",
                    Map.of("differences", Integer.toString(found.size())));
        } else if (found.isEmpty() && before != null) {
            events.info("linux.drift", plan.key(), "is as configured again");
        }
        return found;
    }

    private static List<Drift> compare(VirtualRouter router, RouterPlan plan) {
        try {
            return router.drift(plan);
        } catch (LinuxException e) {
            return List.of(new Drift("namespace", String.valueOf(e.getMessage())));
        }
    }

    /** What differed when it was compared last. */
    public List<AlarmStatus> alarms() {
        List<AlarmStatus> alarms = new ArrayList<>();
        standing.forEach(
                (router, found) -> alarms.add(new AlarmStatus(router, "Linux is not as configured: " + text(found))));
        return alarms;
    }

    /** Names what differs, or the first of it. */
    public static String text(List<Drift> found) {
        String named = found.stream().limit(MAX_NAMED).map(Drift::toString).collect(Collectors.joining(", "));
        return found.size() > MAX_NAMED ? named + " and " + (found.size() - MAX_NAMED) + " more" : named;
    }
}
