package io.vireo.control.node.reconcile;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.ike.IkeCheck;
import io.vireo.control.node.mirror.RouteSync;
import io.vireo.control.node.namespace.NamespaceTakenException;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.plan.PlanDifference;
import io.vireo.control.node.plan.Planner;
import io.vireo.control.node.routing.RoutingPreflight;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.IdsExhaustedException;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.Repair;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Brings Linux and the data plane from one plan to the next, or back when something is refused on the way.
 *
 * <p>The order keeps the data plane from ever sending a packet where it should not go: what is likely to be refused (a
 * device) comes first; what goes is taken from the data plane before Linux; what comes is known to the data plane before
 * Linux gives it addresses and routes, which then arrive by {@link RouteSync}. A data plane that is not there, or dies on
 * the way, is told everything when it comes.
 *
 * <p>Called by one thread at a time.
 */
public final class Reconciler {
    private final NodeAgent agent;
    private final LinuxSide linux;
    private final DataplaneSide dataplane;
    private final IdRegistry ids;
    private final Events events;
    private final Function<DataplaneLimits, Planner> planners;
    private NodePlan current = NodePlan.EMPTY;

    public Reconciler(
            NodeAgent agent,
            LinuxSide linux,
            IdRegistry ids,
            Events events,
            AnswerTimeouts timeouts,
            Function<DataplaneLimits, Planner> planners) {
        this.agent = agent;
        this.linux = linux;
        this.ids = ids;
        this.events = events;
        this.planners = planners;
        dataplane = new DataplaneSide(agent, linux, events, timeouts);
    }

    /** What the machine would refuse. */
    public List<Problem> check(Configuration configuration) {
        DataplaneLimits limits = agent.call(agent::limits);
        List<Problem> problems = new ArrayList<>(new Preflight(current, limits).check(configuration));
        problems.addAll(new NamespaceCheck(linux.namespacesOfOthers(), planners.apply(limits)::namespaceOf)
                .check(configuration));
        problems.addAll(IkeCheck.ofThisMachine().check(configuration));
        problems.addAll(RoutingPreflight.check(configuration));
        return problems;
    }

    /** Brings the node to a configuration, or leaves it as it was and says why. */
    public ApplyReport apply(Configuration configuration) throws ApplyRefusedException {
        agent.run(() -> {
            agent.drift().suspend();
            agent.routers().changing(true);
        });
        try {
            return change(configuration);
        } finally {
            agent.run(() -> {
                agent.routers().changing(false);
                agent.drift().watch(current.routers());
            });
        }
    }

    private ApplyReport change(Configuration configuration) throws ApplyRefusedException {
        long startNs = System.nanoTime();
        List<Problem> problems = check(configuration);
        if (!problems.isEmpty() && agent.call(agent::isProgrammingEnabled)) {
            throw new ApplyRefusedException(problems);
        }
        // At a start a device that has gone since is no reason to leave everybody else without their routers.
        problems.forEach(problem -> events.error("port.state", problem.path(), problem.reason()));
        NodePlan previous = current;
        NodePlan next = plan(configuration, previous);
        PlanDifference difference = PlanDifference.between(previous, next);
        List<Repair> repaired;
        try {
            repaired = converge(difference, next);
        } catch (ApplyRefusedException e) {
            undo(next, previous);
            throw e;
        }
        current = next;
        Planner.release(ids, next);
        linux.removeStale(next);
        linux.followRouting(next);
        boolean pending = !agent.call(agent::isProgrammed);
        return new ApplyReport(
                pending,
                difference.createdCount(),
                difference.changedCount(),
                difference.removedCount(),
                repaired,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    }

    private NodePlan plan(Configuration configuration, NodePlan previous) throws ApplyRefusedException {
        DataplaneLimits limits = agent.call(agent::limits);
        try {
            return planners.apply(limits).plan(configuration);
        } catch (IdsExhaustedException e) {
            Planner.release(ids, previous);
            throw new ApplyRefusedException(List.of(Problem.at("vpns", String.valueOf(e.getMessage()))));
        }
    }

    private void undo(NodePlan from, NodePlan to) {
        try {
            converge(PlanDifference.between(from, to), to);
        } catch (ApplyRefusedException e) {
            events.error("apply.undo", "node", "the configuration before could not be restored: " + e.getMessage());
        }
        Planner.release(ids, to);
        linux.removeStale(to);
        linux.followRouting(to);
    }

    private List<Repair> converge(PlanDifference difference, NodePlan to) throws ApplyRefusedException {
        long epochBefore = dataplane.epoch();
        for (PortPlan port : difference.portsAdded()) {
            step(to, port.name(), () -> linux.prepareDevice(port));
        }
        openPorts(to, difference.portsAdded(), port -> !difference.isReplaced(port));
        dataplane.withdraw(difference);
        PlanDifference inLinux = difference.inLinux();
        removeFromLinux(inLinux, to);
        openPorts(to, difference.portsAdded(), difference::isReplaced);
        createInLinux(inLinux, to);
        dataplane.program(difference, to);
        LinuxRepair repair = new LinuxRepair(linux, dataplane, events);
        Set<RouterPlan> kept = new LinkedHashSet<>(to.routers().values());
        kept.removeIf(router -> !router.hasNamespace());
        difference.routersAdded().forEach(kept::remove);
        for (RouterPlan router : kept) {
            step(to, router.key(), () -> repair.restoreDevices(router, to));
        }
        for (InterfacePlan interfacePlan : inLinux.changed()) {
            step(to, interfacePlan.key(), () -> linux.configureTap(interfacePlan));
        }
        configureLinux(inLinux, to);
        for (RouterPlan router : kept) {
            step(to, router.key(), () -> repair.restore(router));
        }
        awaitConvergence(to, epochBefore);
        return repair.repairs();
    }

    private void openPorts(NodePlan to, List<PortPlan> ports, Predicate<PortPlan> which) throws ApplyRefusedException {
        for (PortPlan port : ports) {
            String refusal = which.test(port) ? dataplane.openPort(port) : "";
            if (!refusal.isEmpty()) {
                throw refused(to, port.name(), "cannot be opened: " + refusal);
            }
        }
    }

    private void removeFromLinux(PlanDifference difference, NodePlan to) {
        for (InterfacePlan interfacePlan : difference.removed()) {
            if (!to.interfaces().containsKey(interfacePlan.key())) {
                linux.removeTap(interfacePlan, to);
            }
        }
        for (RouterPlan router : difference.routersRemoved()) {
            if (!to.routers().containsKey(router.key())) {
                linux.removeNamespace(router);
            }
        }
    }

    /** Namespaces, and then their devices, several at once; a router is followed before it has devices. */
    private void createInLinux(PlanDifference difference, NodePlan to) throws ApplyRefusedException {
        InParallel.forEach(
                difference.routersAdded(),
                router -> step(to, router.key(), () -> dataplane.follow(router, linux.createNamespace(router))));
        InParallel.forEach(
                difference.added(),
                interfacePlan -> step(to, interfacePlan.key(), () -> linux.createTap(interfacePlan, to)));
        linux.handOverCarriers();
    }

    private void configureLinux(PlanDifference difference, NodePlan to) throws ApplyRefusedException {
        // An address may move from one interface to another: it is in the new place before it leaves the old one.
        for (InterfacePlan interfacePlan : difference.changed()) {
            step(to, interfacePlan.key(), () -> linux.addAddresses(interfacePlan));
        }
        for (RouterPlan router : difference.routersChanged()) {
            step(to, router.key(), () -> linux.addLoopbackAddresses(router));
        }
        configureInterfaces(difference.added(), to);
        configureInterfaces(difference.changed(), to);
        configureRouters(difference.routersAdded(), to);
        configureRouters(difference.routersChanged(), to);
    }

    private void configureInterfaces(List<InterfacePlan> interfaces, NodePlan to) throws ApplyRefusedException {
        InParallel.forEach(
                interfaces,
                interfacePlan -> step(to, interfacePlan.key(), () -> linux.configureInterface(interfacePlan)));
    }

    private void configureRouters(List<RouterPlan> routers, NodePlan to) throws ApplyRefusedException {
        InParallel.forEach(routers, router -> step(to, router.key(), () -> linux.configureRouter(router)));
    }

    private void awaitConvergence(NodePlan to, long epochBefore) throws ApplyRefusedException {
        List<Problem> problems = dataplane.awaitConvergence(to, epochBefore);
        if (!problems.isEmpty()) {
            throw new ApplyRefusedException(problems);
        }
    }

    private static void step(NodePlan to, String key, Runnable action) throws ApplyRefusedException {
        try {
            action.run();
        } catch (LinuxException | NamespaceTakenException | UncheckedIOException e) {
            throw refused(to, key, String.valueOf(e.getMessage()));
        }
    }

    private static ApplyRefusedException refused(NodePlan plan, String key, String reason) {
        return new ApplyRefusedException(List.of(plan.problem(key, reason)));
    }
}
