package io.vireo.control.model.document;

import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.Curve;
import io.vireo.control.model.QueueLimits;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the classes of one interface: with the tree they make, its leaves and its guarantees. */
final class ClassTreeCheck {
    /** Ethernet's header with a VLAN tag: what a frame has beyond the IP packet. */
    private static final int FRAME_HEADER_BYTES = 18;

    private final Problems problems;
    private final Origins origins;
    private final String owner;
    private final Scheduling scheduling;
    private final Map<String, SchedulingClass> classes = new LinkedHashMap<>();
    private final Set<String> parents = new HashSet<>();
    private final Set<String> climbed = new HashSet<>();

    ClassTreeCheck(Problems problems, Origins origins, String owner, Scheduling scheduling) {
        this.problems = problems;
        this.origins = origins;
        this.owner = owner;
        this.scheduling = scheduling;
        for (SchedulingClass element : scheduling.classes()) {
            classes.putIfAbsent(element.name(), element);
            if (element.parent() != null) {
                parents.add(element.parent());
            }
        }
    }

    /**
     * Checks everything.
     *
     * @param mtu largest IP packet that the interface sends, in bytes.
     */
    void check(int mtu) {
        checkDefault();
        checkFilter();
        checkQueue(scheduling, scheduling.queue(), mtu);
        if (!scheduling.classes().isEmpty()) {
            checkSharing(origins.of(scheduling), scheduling.curves());
        }
        boolean isTree = true;
        for (SchedulingClass element : scheduling.classes()) {
            isTree &= checkParent(element);
            checkQueue(element, element.queue(), mtu);
            if (parents.contains(element.name())) {
                checkInterior(element);
            }
        }
        if (isTree) {
            checkGuarantees();
            checkShares();
        }
    }

    private void checkDefault() {
        String name = scheduling.defaultClass();
        if (name == null) {
            return;
        }
        if (!classes.containsKey(name)) {
            problems.add(origins.of(scheduling), "default", "is not a class of this interface");
        } else if (parents.contains(name)) {
            problems.add(
                    origins.of(scheduling), "default", "has classes below it; packets can only be put into a leaf");
        }
    }

    private void checkFilter() {
        List<ClassFilterRule> rules = scheduling.classes().stream()
                .flatMap(element -> element.matches().stream())
                .map(match -> match.rule(0))
                .toList();
        if (rules.size() > ClassFilterCompiler.MAX_RULES) {
            problems.add(
                    origins.of(scheduling),
                    "classes",
                    "have " + rules.size() + " matches; at most " + ClassFilterCompiler.MAX_RULES + " are possible");
            return;
        }
        int longs = ClassFilterCompiler.compile(rules, 0).length;
        if (longs > SharedLayout.MAX_FILTER_LONGS) {
            problems.add(
                    origins.of(scheduling),
                    "classes",
                    "have matches that need " + longs + " words of filter; at most " + SharedLayout.MAX_FILTER_LONGS
                            + " are possible");
        }
    }

    private void checkQueue(Object element, QueueLimits queue, int mtu) {
        if (queue.bytes() < mtu + FRAME_HEADER_BYTES
                && origins.of(element).fields().get("queue") instanceof YamlNode.Mapping mapping) {
            problems.add(mapping, "bytes", "has no room for a frame of " + (mtu + FRAME_HEADER_BYTES) + " bytes");
        }
    }

    private void checkInterior(SchedulingClass element) {
        YamlNode.Mapping mapping = origins.of(element);
        if (!element.matches().isEmpty()) {
            problems.add(
                    mapping,
                    "match",
                    "does not apply: class " + element.name()
                            + " has classes below it, and packets can only be put into a leaf");
        }
        checkSharing(mapping, element.curves());
    }

    /** Those below share what is given to the whole; a class that has rt alone is given nothing to share. */
    private void checkSharing(YamlNode.Mapping mapping, ClassCurves curves) {
        if (curves.realTime() != null && curves.linkShare() == null) {
            problems.add(
                    mapping, "rt", "is not enough for a class with classes below it; give it ls too, or guarantee");
        } else if (curves.realTime() != null && isLess(curves.linkShare(), curves.realTime())) {
            problems.add(
                    mapping, "ls", "is less than rt, which a class with classes below it can only keep by its share");
        }
    }

    private static boolean isLess(@Nullable Curve one, Curve other) {
        return one != null
                && one.service().secondRateBitsPerSecond() < other.service().secondRateBitsPerSecond();
    }

    private boolean checkParent(SchedulingClass element) {
        if (element.parent() == null) {
            return true;
        }
        YamlNode.Mapping mapping = origins.of(element);
        if (!classes.containsKey(element.parent())) {
            problems.add(mapping, "parent", "is not a class of this interface");
            return false;
        }
        List<SchedulingClass> circle = circleAbove(element);
        if (circle.isEmpty()) {
            return true;
        }
        // Of a circle it is enough to name one class: the first of the document.
        Collections.rotate(circle, -circle.indexOf(Collections.min(circle, Comparator.comparingLong(this::place))));
        String first = circle.getFirst().name();
        String above = circle.stream().map(SchedulingClass::parent).collect(Collectors.joining(", which is below "));
        problems.add(origins.of(circle.getFirst()), "parent", "closes a circle: " + first + " is below " + above);
        return false;
    }

    /** Grows in the order of the document. */
    private long place(SchedulingClass element) {
        YamlNode.Mapping mapping = origins.of(element);
        return ((long) mapping.line() << Integer.SIZE) | mapping.column();
    }

    /**
     * The classes of the circle that the way up from a class leads into, each below the next. None when there is no circle, or
     * the way has been climbed before: each class is passed once, however deep the tree.
     */
    private List<SchedulingClass> circleAbove(SchedulingClass element) {
        List<SchedulingClass> way = new ArrayList<>();
        SchedulingClass current = element;
        while (current != null && current.parent() != null && climbed.add(current.name())) {
            way.add(current);
            current = classes.get(current.parent());
        }
        int begin = current == null ? -1 : way.indexOf(current);
        return begin < 0 ? List.of() : way.subList(begin, way.size());
    }

    private void checkGuarantees() {
        GuaranteeBudget top = GuaranteeBudget.ofClass(owner, scheduling.curves().realTime());
        Map<String, GuaranteeBudget> budgets = new HashMap<>();
        for (SchedulingClass element : scheduling.classes()) {
            @Nullable String parent = element.parent();
            GuaranteeBudget budget = parent == null ? top : budgets.computeIfAbsent(parent, this::budgetOf);
            Curve guarantee = element.curves().realTime();
            String refusal = guarantee == null ? null : budget.refusalOf("class " + element.name(), guarantee);
            if (refusal != null) {
                YamlNode.Mapping mapping = origins.of(element);
                problems.add(mapping, CurveReader.guaranteeField(mapping), refusal);
            }
        }
    }

    private void checkShares() {
        Map<String, ShareCheck> shares = new LinkedHashMap<>();
        for (SchedulingClass element : scheduling.classes()) {
            ShareCheck siblings =
                    shares.computeIfAbsent(Objects.requireNonNullElse(element.parent(), ""), this::sharesOf);
            if (parents.contains(element.name())) {
                siblings.addInterior("class " + element.name(), element.curves(), origins.of(element));
            } else {
                siblings.addLeaf("class " + element.name(), element.curves(), origins.of(element));
            }
        }
        shares.values().forEach(siblings -> siblings.report(problems));
    }

    private ShareCheck sharesOf(String parent) {
        SchedulingClass element = classes.get(parent);
        return element == null
                ? new ShareCheck(owner, scheduling.curves().realTime())
                : new ShareCheck(
                        "class " + parent + " of " + owner, element.curves().realTime());
    }

    private GuaranteeBudget budgetOf(String name) {
        SchedulingClass element = classes.get(name);
        return GuaranteeBudget.ofClass(
                "class " + name + " of " + owner,
                element == null ? null : element.curves().realTime());
    }
}
