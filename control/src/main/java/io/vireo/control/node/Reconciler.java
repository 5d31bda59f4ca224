package io.vireo.control.node;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Problem;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
final class Reconciler {
    private static final long PORT_TIMEOUT_S = 20;
    private static final long BARRIER_TIMEOUT_S = 30;

    private final NodeAgent agent;
    private final TapPump pump;
    private final CarrierKeeper carriers;
    private final NamespaceLedger ledger;
    private final IdRegistry ids;
    private final Events events;
    private final Function<DataplaneLimits, Planner> planners;
    private final Map<String, RouterNamespace> namespaces = new HashMap<>();
    private final Map<String, RouterNamespace.Tap> taps = new HashMap<>();
    private NodePlan current = NodePlan.EMPTY;

    Reconciler(
            NodeAgent agent,
            TapPump pump,
            CarrierKeeper carriers,
            NamespaceLedger ledger,
            IdRegistry ids,
            Events events,
            Function<DataplaneLimits, Planner> planners) {
        this.agent = agent;
        this.pump = pump;
        this.carriers = carriers;
        this.ledger = ledger;
        this.ids = ids;
        this.events = events;
        this.planners = planners;
    }

    /** What the machine would refuse. */
    List<Problem> check(Configuration configuration) {
        return new Preflight(current, agent.call(() -> DataplaneLimits.of(agent.session()))).check(configuration);
    }

    NodePlan current() {
        return current;
    }

    /** Brings the node to a configuration, or leaves it as it was and says why. */
    ApplyReport apply(Configuration configuration) throws ApplyRefusedException {
        long startNs = System.nanoTime();
        List<Problem> problems = check(configuration);
        if (!problems.isEmpty() && agent.call(agent::isArmed)) {
            throw new ApplyRefusedException(problems);
        }
        // At a start a device that has gone since is no reason to leave everybody else without their routers.
        problems.forEach(problem -> events.error("port.state", problem.path(), problem.reason()));
        NodePlan previous = current;
        NodePlan next = plan(configuration, previous);
        PlanDifference difference = PlanDifference.between(previous, next);
        try {
            converge(previous, next);
        } catch (ApplyRefusedException e) {
            undo(next, previous);
            throw e;
        }
        current = next;
        Planner.release(ids, next);
        removeOthersThan(next);
        boolean pending = agent.call(() -> agent.programmedSession() == null);
        return new ApplyReport(
                pending,
                difference.createdCount(),
                difference.changedCount(),
                difference.removedCount(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
    }

    /** Forgets all handles; namespaces and devices stay. */
    void close() {
        namespaces.values().forEach(RouterNamespace::close);
        namespaces.clear();
    }

    private NodePlan plan(Configuration configuration, NodePlan previous) throws ApplyRefusedException {
        DataplaneLimits limits = agent.call(() -> DataplaneLimits.of(agent.session()));
        try {
            return planners.apply(limits).plan(configuration);
        } catch (IdsExhaustedException e) {
            Planner.release(ids, previous);
            throw new ApplyRefusedException(List.of(Problem.at("vpns", String.valueOf(e.getMessage()))));
        }
    }

    /** Removes what an earlier life of control made and nobody wants any more. */
    private void removeOthersThan(NodePlan plan) {
        for (String name : ledger.othersThan(plan.linuxNames())) {
            int slash = name.indexOf('/');
            if (NamespaceLedger.isNamespace(name)) {
                NetworkNamespace.delete(name);
            } else {
                carriers.drop(name);
                removeTap(name.substring(0, slash), name.substring(slash + 1));
            }
            ledger.remove(name);
            events.info("linux.removed", name, "is configured no more and was removed");
        }
    }

    private static void removeTap(String namespaceName, String tap) {
        if (!NetworkNamespace.exists(namespaceName)) {
            return;
        }
        try (RouterNamespace namespace = RouterNamespace.ensure(namespaceName)) {
            namespace.removeTap(tap);
        }
    }

    private void undo(NodePlan from, NodePlan to) {
        try {
            converge(from, to);
        } catch (ApplyRefusedException e) {
            events.error("apply.undo", "node", "the configuration before could not be restored: " + e.getMessage());
        }
        Planner.release(ids, to);
        removeOthersThan(to);
    }

    private void converge(NodePlan from, NodePlan to) throws ApplyRefusedException {
        PlanDifference difference = PlanDifference.between(from, to);
        long epochBefore = agent.call(agent::epoch);
        Set<Device> releasedDevices = new HashSet<>();
        difference
                .portsRemoved()
                .forEach(port -> releasedDevices.add(port.port().device()));
        Set<String> releasedNames = new HashSet<>();
        difference.portsRemoved().forEach(port -> releasedNames.add(port.name()));

        prepareDevices(to, difference.portsAdded());
        for (PortPlan port : difference.portsAdded()) {
            if (!releasedDevices.contains(port.port().device()) && !releasedNames.contains(port.name())) {
                openPort(to, port);
            }
        }
        takeFromDataplane(difference);
        takeFromLinux(difference, to);
        for (PortPlan port : difference.portsAdded()) {
            if (releasedDevices.contains(port.port().device()) || releasedNames.contains(port.name())) {
                openPort(to, port);
            }
        }
        for (RouterPlan router : difference.routersAdded()) {
            giveNamespace(to, router);
        }
        for (InterfacePlan element : difference.added()) {
            giveTap(to, element);
            if (element.attachment() instanceof InterfacePlan.Access access) {
                pump.assign(element.interfaceId(), access.portId());
            }
        }
        giveToDataplane(difference, to);
        for (InterfacePlan element : difference.changed()) {
            step(to, element.key(), () -> namespace(element).configureTap(element));
        }
        configureLinux(difference, to);
        settle(to, epochBefore);
    }

    private void prepareDevices(NodePlan to, List<PortPlan> ports) throws ApplyRefusedException {
        for (PortPlan port : ports) {
            step(to, port.name(), () -> prepareDevice(port));
        }
    }

    private void prepareDevice(PortPlan port) {
        HostInterface.of(port)
                .filter(HostInterface::isFit)
                .ifPresent(device ->
                        device.prepare().forEach(warning -> events.warning("port.offloads", port.name(), warning)));
    }

    private void openPort(NodePlan to, PortPlan port) throws ApplyRefusedException {
        CompletableFuture<String> answer = onDataplane(session -> session.addPort(port));
        String refusal = await(answer, PORT_TIMEOUT_S, "the data plane did not answer within " + PORT_TIMEOUT_S + " s");
        if (!refusal.isEmpty()) {
            throw refused(to, port.name(), "cannot be opened: " + refusal);
        }
    }

    private void takeFromDataplane(PlanDifference difference) {
        onAgent(() -> difference.removed().forEach(this::unbind));
        CompletableFuture<String> taken = onDataplane(session -> {
            session.scheduling().take(difference.scheduling());
            difference.removed().forEach(session::removeInterface);
            difference.routersRemoved().forEach(session::removeRouter);
            return session.barrier().thenApply(refusals -> "");
        });
        String silence = await(taken, BARRIER_TIMEOUT_S, "the data plane does not answer");
        if (!silence.isEmpty()) {
            events.error("dataplane.slow", "dataplane", silence);
        }
        for (PortPlan port : difference.portsRemoved()) {
            CompletableFuture<String> answer = onDataplane(session -> session.removePort(port.portId()));
            String refusal = await(answer, PORT_TIMEOUT_S, "no answer");
            if (!refusal.isEmpty()) {
                events.error("port.state", port.name(), "cannot be closed: " + refusal);
            }
        }
    }

    private void takeFromLinux(PlanDifference difference, NodePlan to) {
        for (RouterPlan router : difference.routersRemoved()) {
            agent.run(() -> agent.routers().unregister(router.key()));
        }
        for (InterfacePlan element : difference.removed()) {
            if (!to.interfaces().containsKey(element.key())) {
                takeTap(element, to);
            }
        }
        for (RouterPlan router : difference.routersRemoved()) {
            if (!to.routers().containsKey(router.key())) {
                takeNamespace(router);
            }
        }
    }

    private void takeTap(InterfacePlan element, NodePlan to) {
        pump.remove(element.interfaceId());
        if (taps.remove(element.key()) == null) {
            return;
        }
        RouterNamespace namespace = namespace(element);
        carriers.drop(linuxName(namespace, element));
        if (to.routers().containsKey(routerKey(element))) {
            namespace.removeTap(element.name()); // otherwise it goes with its namespace, which is quicker
        }
        ledger.remove(linuxName(namespace, element));
    }

    private void takeNamespace(RouterPlan router) {
        RouterNamespace namespace = namespaces.remove(router.key());
        if (namespace != null) {
            namespace.close();
        }
        NetworkNamespace.delete(router.namespace());
        ledger.remove(router.namespace());
        events.info("namespace.removed", router.key(), "namespace " + router.namespace() + " was removed");
    }

    private void giveNamespace(NodePlan to, RouterPlan router) throws ApplyRefusedException {
        step(to, router.key(), () -> {
            ledger.add(router.namespace());
            RouterNamespace namespace = namespaces.get(router.key());
            if (namespace == null) {
                namespace = RouterNamespace.ensure(router.namespace());
                namespaces.put(router.key(), namespace);
                events.info("namespace.created", router.key(), "namespace " + router.namespace() + " is ready");
            }
            RouterNamespace known = namespace;
            agent.run(() -> follow(router, known));
        });
    }

    /** The router goes first: a namespace that was there before has routes to tell of at once. */
    private void follow(RouterPlan router, RouterNamespace namespace) {
        DataplaneSession session = agent.programmedSession();
        if (session != null) {
            session.addRouter(router);
        }
        agent.routers().register(router, namespace, agent.tables());
    }

    private void giveTap(NodePlan to, InterfacePlan element) throws ApplyRefusedException {
        if (taps.containsKey(element.key())) {
            step(to, element.key(), () -> namespace(element).configureTap(element));
            return;
        }
        step(to, element.key(), () -> {
            RouterNamespace namespace = namespace(element);
            ledger.add(linuxName(namespace, element));
            RouterNamespace.Tap tap = namespace.ensureTap(element);
            taps.put(element.key(), tap);
            carriers.keep(linuxName(namespace, element), tap.carrier());
            pump.add(element.interfaceId(), tap.queue());
        });
    }

    /**
     * A data plane that is already told of this node is told the difference. One that control has not spoken to yet is
     * told everything, once all of it stands in Linux; see {@link #settle}.
     */
    private void giveToDataplane(PlanDifference difference, NodePlan to) {
        onAgent(() -> {
            agent.plan(to);
            DataplaneSession session = agent.programmedSession();
            if (session != null) {
                difference.routersChanged().forEach(session::addRouter);
                difference.added().forEach(session::addInterface);
                difference.changed().forEach(session::addInterface);
                session.scheduling().give(difference.scheduling());
            }
            // Only then are new TAP devices known to be down, and their interfaces closed until the kernel opens them.
            agent.routers().drain(System.nanoTime());
            difference.added().forEach(this::bind);
            if (session != null) {
                difference.added().forEach(element -> showCarrier(element, session));
            }
            to.routers().values().forEach(this::passStaticRoutes);
        });
    }

    private void configureLinux(PlanDifference difference, NodePlan to) throws ApplyRefusedException {
        for (InterfacePlan element : difference.added()) {
            step(to, element.key(), () -> namespace(element).configureInterface(element));
        }
        for (InterfacePlan element : difference.changed()) {
            step(to, element.key(), () -> namespace(element).configureInterface(element));
        }
        Set<RouterPlan> routers = new HashSet<>(difference.routersAdded());
        routers.addAll(difference.routersChanged());
        for (RouterPlan router : routers) {
            step(to, router.key(), () -> configureRouter(router));
        }
    }

    private void configureRouter(RouterPlan router) {
        RouterNamespace namespace = namespaceOf(router.key());
        namespace.configureLoopback(router.loopbackAddresses());
        namespace
                .configureRoutes(router.routes())
                .forEach((route, reason) -> events.info(
                        "route.pending",
                        router.key() + " " + route.prefix(),
                        "the kernel does not take it yet: " + reason));
    }

    /** Waits until the data plane has what Linux has. */
    private void settle(NodePlan to, long epochBefore) throws ApplyRefusedException {
        onAgent(() -> {
            agent.routers().drain(System.nanoTime());
            // A data plane that started on the way was told a mixture of the two plans.
            if (!agent.isArmed() || agent.epoch() != epochBefore) {
                agent.arm(to);
            }
        });
        List<DataplaneAnswers.Refusal> refusals = refusalsAtBarrier();
        if (!refusals.isEmpty()) {
            throw new ApplyRefusedException(refusals.stream()
                    .map(refusal -> to.problem(refusal.key(), "the data plane refused it: " + refusal.text()))
                    .toList());
        }
    }

    private List<DataplaneAnswers.Refusal> refusalsAtBarrier() {
        try {
            CompletableFuture<List<DataplaneAnswers.Refusal>> answer = agent.call(() -> {
                DataplaneSession session = agent.programmedSession();
                return session == null ? CompletableFuture.completedFuture(List.of()) : session.barrier();
            });
            return answer.exceptionally(loss -> List.of())
                    .completeOnTimeout(List.of(), BARRIER_TIMEOUT_S, TimeUnit.SECONDS)
                    .join();
        } catch (DataplaneLostException e) {
            return List.of(); // the next one is told everything
        }
    }

    private void bind(InterfacePlan element) {
        VirtualRouter router = agent.routers().get(routerKey(element));
        RouterNamespace.Tap tap = taps.get(element.key());
        if (router != null && tap != null) {
            router.sync().bind(tap.ifindex(), element.interfaceId());
        }
    }

    private void unbind(InterfacePlan element) {
        VirtualRouter router = agent.routers().get(routerKey(element));
        RouterNamespace.Tap tap = taps.get(element.key());
        if (router != null && tap != null) {
            router.sync().unbind(tap.ifindex());
        }
    }

    private void showCarrier(InterfacePlan element, DataplaneSession session) {
        if (element.attachment() instanceof InterfacePlan.Access access) {
            agent.ports().showCarrier(element, session.answers().port(access.portId()));
        }
    }

    private void passStaticRoutes(RouterPlan plan) {
        VirtualRouter router = agent.routers().get(plan.key());
        if (router != null) {
            router.staticRoutes(plan.routes());
        }
    }

    /** Does something on the agent's thread, again when the data plane was lost on the way: the agent does without then. */
    private void onAgent(Runnable action) {
        try {
            agent.run(action);
        } catch (DataplaneLostException e) {
            agent.run(action);
        }
    }

    /** Does something on the data plane; answered by an empty text when there is none, or none that is told yet. */
    private CompletableFuture<String> onDataplane(Function<DataplaneSession, CompletableFuture<String>> action) {
        try {
            return agent.call(() -> {
                DataplaneSession session = agent.programmedSession();
                return session == null ? CompletableFuture.completedFuture("") : action.apply(session);
            });
        } catch (DataplaneLostException e) {
            return CompletableFuture.completedFuture(""); // the next one is told everything
        }
    }

    /** An answer that is lost with the data plane is as good as none needed: the next one is told everything. */
    private static String await(CompletableFuture<String> answer, long timeoutSeconds, String onTimeout) {
        return answer.exceptionally(loss -> "")
                .completeOnTimeout(onTimeout, timeoutSeconds, TimeUnit.SECONDS)
                .join();
    }

    private static void step(NodePlan to, String key, Runnable action) throws ApplyRefusedException {
        try {
            action.run();
        } catch (LinuxException | UncheckedIOException e) {
            throw refused(to, key, String.valueOf(e.getMessage()));
        }
    }

    private static ApplyRefusedException refused(NodePlan plan, String key, String reason) {
        return new ApplyRefusedException(List.of(plan.problem(key, reason)));
    }

    private RouterNamespace namespace(InterfacePlan element) {
        return namespaceOf(routerKey(element));
    }

    private RouterNamespace namespaceOf(String routerKey) {
        RouterNamespace namespace = namespaces.get(routerKey);
        if (namespace == null) {
            throw new IllegalStateException("router " + routerKey + " has no namespace");
        }
        return namespace;
    }

    private static String routerKey(InterfacePlan element) {
        return element.key().substring(0, element.key().lastIndexOf('/'));
    }

    private static String linuxName(RouterNamespace namespace, InterfacePlan element) {
        return namespace.name() + "/" + element.name();
    }
}
