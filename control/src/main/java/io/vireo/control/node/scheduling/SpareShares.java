package io.vireo.control.node.scheduling;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Curve;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.dataplane.schedule.policy.ImplicitShare;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the classes share of which nothing is said: evenly in what their siblings leave over, up to {@link
 * ImplicitShare#MAX_BITS_PER_SECOND} each. All shares together then stay within what there is, and a class that keeps its
 * guarantee by its share gets it in full.
 */
public final class SpareShares {
    private final Map<String, PortPlan> ports;
    private final Map<String, ClassPlan> classes;

    private SpareShares(Map<String, PortPlan> ports, Map<String, ClassPlan> classes) {
        this.ports = ports;
        this.classes = classes;
    }

    /** Gives every class that has nothing by which it could send a share; parents stand before their children. */
    static void fill(Map<String, PortPlan> ports, Map<String, ClassPlan> classes) {
        new SpareShares(ports, classes).fill();
    }

    private void fill() {
        Map<Object, List<ClassPlan>> siblings = new HashMap<>();
        for (ClassPlan classPlan : classes.values()) {
            Object above = classPlan.parent() == null ? classPlan.place().portId() : classPlan.parent();
            siblings.computeIfAbsent(above, ignored -> new ArrayList<>()).add(classPlan);
        }
        siblings.values().forEach(this::fill);
    }

    private void fill(List<ClassPlan> siblings) {
        List<ClassPlan> without =
                siblings.stream().filter(plan -> plan.curves().isWithoutShare()).toList();
        if (without.isEmpty()) {
            return;
        }
        Bandwidth share = new Bandwidth(share(siblings, without.size()));
        for (ClassPlan classPlan : without) {
            classes.put(classPlan.key(), classPlan.withLinkShare(new Curve.Straight(share)));
        }
    }

    private long share(List<ClassPlan> siblings, int withoutCount) {
        Long whole = wholeBitsPerSecond(siblings.getFirst());
        if (whole == null) {
            return ImplicitShare.MAX_BITS_PER_SECOND;
        }
        long taken = siblings.stream()
                .mapToLong(plan -> plan.curves().longRunBitsPerSecond())
                .sum();
        // In powers of two, so that one class more does not alter all others.
        long even = Long.highestOneBit(Math.max(0, whole - taken) / withoutCount);
        return Math.clamp(even, ServiceCurve.MIN_RATE, ImplicitShare.MAX_BITS_PER_SECOND);
    }

    /** What a class and its siblings have for sure, or null when nothing was promised to the whole. */
    private @Nullable Long wholeBitsPerSecond(ClassPlan classPlan) {
        if (classPlan.parent() == null) {
            PortPlan port = ports.get(classPlan.place().portName());
            Bandwidth rate = port == null ? null : port.port().rate();
            return rate == null ? null : Long.valueOf(rate.bitsPerSecond());
        }
        ClassPlan parent = classes.get(classPlan.parent());
        Curve guarantee = parent == null ? null : parent.curves().realTime();
        return guarantee == null ? null : Long.valueOf(guarantee.service().secondRateBitsPerSecond());
    }
}
