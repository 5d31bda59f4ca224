package io.vireo.dataplane.architecture;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Nothing is allocated, locked, logged or thrown after start. What runs after start is found from the calls themselves; a name is no excuse:
 * <ul>
 *   <li>A method of the covered classes is an <em>entry</em> if no class of the data plane calls it (control does, or a test), if a foreign type
 *       declares it (Agrona's {@code Agent} or {@code MessageHandler}), or if a lambda or method reference
 *       carries it away, other than one for {@code java.util.function}, which {@link ForeignCalls} does not let run.
 *   <li>Entries run after start, and so does everything they call, in whatever package, by whatever implementation of an interface, a lambda or
 *       method reference too.
 *   <li>The rest runs at start or at the end only: constructors and static initialisers, methods that only these or the start's own packages
 *       call, {@code onStart}, {@code onClose} and {@code close}; and {@code toString}, {@code equals} and {@code hashCode}, when nobody calls them.
 * </ul>
 * A constructor is not followed: the creation that leads to it is the violation. An exempt method is not followed either.
 */
final class HotPathRule {
    private static final Set<String> NOT_WHILE_RUNNING =
            Set.of("onStart", "onClose", "close", "toString", "equals", "hashCode", "roleName");

    private final CompiledClasses classes;
    private final Map<MethodRef, MethodScan> scans = new LinkedHashMap<>();
    private final Map<MethodRef, Set<MethodRef>> followers = new LinkedHashMap<>();
    private final Map<MethodRef, Set<MethodRef>> lambdas = new HashMap<>();
    private final Set<MethodRef> entries = new LinkedHashSet<>();

    /** @param isCovered says of a class's internal name whether its methods run after start when nobody calls them */
    HotPathRule(CompiledClasses classes, Predicate<String> isCovered) {
        this.classes = classes;
        for (ClassModel model : classes.models()) {
            String owner = model.thisClass().asInternalName();
            for (MethodModel method : model.methods()) {
                MethodScan scan = MethodScan.of(owner, method, classes);
                scans.put(scan.method(), scan);
            }
        }
        scans.values()
                .forEach(scan -> scan.carried()
                        .forEach((target, method) -> lambdas.computeIfAbsent(method, key -> new LinkedHashSet<>())
                                .add(target)));
        scans.values().forEach(scan -> followers.put(scan.method(), followers(scan)));
        findEntries(isCovered);
    }

    private MethodScan scan(MethodRef method) {
        return Objects.requireNonNull(scans.get(method), method::toString);
    }

    private Set<MethodRef> followers(MethodScan scan) {
        Set<MethodRef> called = new LinkedHashSet<>();
        scan.calls().forEach(call -> classes.resolve(call).ifPresent(called::add));
        scan.virtualCalls().forEach(call -> {
            called.addAll(classes.targets(call));
            called.addAll(lambdas.getOrDefault(call, Set.of()));
        });
        return called;
    }

    private void findEntries(Predicate<String> isCovered) {
        Set<MethodRef> called = new HashSet<>();
        Set<MethodRef> carried = new HashSet<>();
        Set<MethodRef> handled = new HashSet<>();
        followers.values().forEach(called::addAll);
        scans.values().forEach(scan -> {
            carried.addAll(scan.carried().keySet());
            handled.addAll(scan.handles());
        });
        for (ClassModel model : classes.models()) {
            if (isCovered.test(model.thisClass().asInternalName())) {
                for (MethodModel each : model.methods()) {
                    MethodRef method = MethodScan.refOf(model.thisClass().asInternalName(), each);
                    boolean isUncalled = !called.contains(method) && !handled.contains(method);
                    if ((isUncalled || carried.contains(method) || classes.isCallback(method)) && mayRun(model, each)) {
                        entries.add(method);
                    }
                }
            }
        }
    }

    private static boolean mayRun(ClassModel model, MethodModel method) {
        String name = method.methodName().stringValue();
        boolean isOfEnum = model.flags().has(AccessFlag.ENUM) && (name.equals("valueOf") || name.equals("values"));
        return !NOT_WHILE_RUNNING.contains(name) && !name.startsWith("<") && !isOfEnum;
    }

    /** Everything that may run after start, the exempt methods and what only they call left out. */
    Set<MethodRef> running(Set<String> exempt) {
        Set<MethodRef> running = new LinkedHashSet<>();
        Deque<MethodRef> found = new ArrayDeque<>(entries);
        while (!found.isEmpty()) {
            MethodRef method = found.pop();
            if (!method.isConstructor() && !exempt.contains(method.toString()) && running.add(method)) {
                followers.getOrDefault(method, Set.of()).stream()
                        .filter(scans::containsKey)
                        .forEach(found::add);
                scan(method).handles().stream().filter(scans::containsKey).forEach(found::add);
            }
        }
        return running;
    }

    /** @param exempt methods, or single violations of them, each as it prints */
    NavigableSet<Violation> violations(Set<String> exempt) {
        NavigableSet<Violation> violations = new TreeSet<>();
        for (MethodRef method : running(exempt)) {
            scan(method).violations().stream()
                    .filter(violation -> !exempt.contains(violation.key()))
                    .forEach(violations::add);
        }
        return violations;
    }

    /** Exemptions without which there would be no violation more. */
    List<String> unneeded(Set<String> exempt) {
        return exempt.stream()
                .filter(one -> {
                    Set<String> others = new HashSet<>(exempt);
                    others.remove(one);
                    return violations(others).equals(violations(exempt));
                })
                .toList();
    }
}
