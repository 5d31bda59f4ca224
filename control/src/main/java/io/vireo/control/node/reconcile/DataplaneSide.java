package io.vireo.control.node.reconcile;

import io.vireo.control.model.Problem;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.mirror.RouteSync;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.plan.PlanDifference;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.ProgrammingOrder;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What of a node is in the data plane, changed on the node agent's thread. A data plane that is not there, or dies on the
 * way, is programmed with everything when it comes: then there is nothing to do here, and nothing is refused. One that is
 * there and does not answer is another matter: nobody knows what it has. Called by one thread at a time, not the agent's.
 */
final class DataplaneSide {
    private final NodeAgent agent;
    private final LinuxSide linux;
    private final Events events;
    private final AnswerTimeouts timeouts;

    DataplaneSide(NodeAgent agent, LinuxSide linux, Events events, AnswerTimeouts timeouts) {
        this.agent = agent;
        this.linux = linux;
        this.events = events;
        this.timeouts = timeouts;
    }

    /** What {@link #awaitConvergence} is to be told: changes when a data plane is programmed with everything. */
    long epoch() {
        return agent.call(agent::epoch);
    }

    /** Opens a port; returns why it cannot be opened, or an empty text. */
    String openPort(PortPlan port) {
        CompletableFuture<String> answer = onDataplane(session -> agent.ports().open(port, session));
        return await(answer, timeouts.port(), "the data plane did not answer within " + text(timeouts.port()));
    }

    /**
     * Withdraws what goes; when this returns, no packet is sent there. If the data plane does not answer it goes on: what it
     * is sent later it does later, and whether it ever does is for {@link #awaitConvergence} to find out.
     */
    void withdraw(PlanDifference difference) {
        onAgent(() -> difference.removed().forEach(this::unbind));
        CompletableFuture<String> withdrawn = onDataplane(
                session -> new ProgrammingOrder(session).withdraw(difference).thenApply(done -> ""));
        String silence = await(withdrawn, timeouts.confirmation(), unconfirmed("the removals"));
        if (!silence.isEmpty()) {
            events.error("dataplane.slow", "dataplane", silence);
        }
        difference.portsRemoved().forEach(this::closePort);
        for (RouterPlan router : difference.routersRemoved()) {
            agent.run(() -> agent.routers().unregister(router.key()));
        }
    }

    private void closePort(PortPlan port) {
        CompletableFuture<String> answer = onDataplane(session -> session.removePort(port.portId()));
        String refusal = await(answer, timeouts.port(), "no answer within " + text(timeouts.port()));
        if (!refusal.isEmpty()) {
            events.error("port.state", port.name(), "cannot be closed: " + refusal);
        }
    }

    /**
     * Adds a router, and follows its namespace: the router goes first, for the namespace may have routes already. Several threads may do so
     * at once, with different routers: each reads its namespace itself.
     */
    void follow(RouterPlan router, RouterNamespace namespace) {
        VirtualRouter read = agent.routers().read(router, namespace);
        onAgent(() -> {
            DataplaneSession session = agent.programmedSession();
            if (session != null) {
                new ProgrammingOrder(session).programRouter(router);
            }
            agent.routers().follow(read, agent.tables());
        });
    }

    /**
     * Adds and changes all but ports and new routers. A data plane that control has not spoken to yet is programmed with
     * everything once all of it stands in Linux; see {@link #awaitConvergence}.
     */
    void program(PlanDifference difference, NodePlan to) {
        onAgent(() -> {
            agent.plan(to);
            DataplaneSession session = agent.programmedSession();
            if (session != null) {
                new ProgrammingOrder(session).program(difference, to);
            }
            // Only then are new TAP devices known to be down, and their interfaces closed until the kernel opens them.
            agent.routers().drain(System.nanoTime());
            difference.added().forEach(interfacePlan -> bind(interfacePlan, to));
            if (session != null) {
                difference.added().forEach(interfacePlan -> setCarrier(interfacePlan, to, session));
            }
            to.routers().values().forEach(this::passStaticRoutes);
        });
    }

    /**
     * Waits until the data plane has what Linux has.
     *
     * @param epochBefore {@link #epoch} when the change began
     * @return what it refused, or that it did not confirm in time
     */
    List<Problem> awaitConvergence(NodePlan to, long epochBefore) {
        boolean isStart = !agent.call(agent::isProgrammingEnabled);
        onAgent(() -> {
            agent.routers().drain(System.nanoTime());
            // A data plane that started on the way was told a mixture of the two plans.
            if (!agent.isProgrammingEnabled() || agent.epoch() != epochBefore) {
                agent.enableProgramming(to);
            }
        });
        List<Problem> silence = List.of(Problem.at("", unconfirmed("the change")));
        List<Problem> problems = barrier()
                .thenApply(refusals -> problems(to, refusals))
                .completeOnTimeout(silence, timeouts.confirmation().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (isStart && problems.equals(silence)) {
            // It forwards by what it knows, and everybody's routers stand in Linux: no reason to take those down.
            events.error("dataplane.slow", "dataplane", silence.getFirst().reason());
            return List.of();
        }
        return problems;
    }

    private CompletableFuture<List<DataplaneAnswers.Refusal>> barrier() {
        try {
            CompletableFuture<List<DataplaneAnswers.Refusal>> answer = agent.call(() -> {
                DataplaneSession session = agent.programmedSession();
                return session == null ? CompletableFuture.completedFuture(List.of()) : session.barrier();
            });
            return unlessLost(answer, List.of());
        } catch (DataplaneLostException e) {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    private static List<Problem> problems(NodePlan plan, List<DataplaneAnswers.Refusal> refusals) {
        return refusals.stream()
                .map(refusal -> plan.problem(refusal.key(), "the data plane refused it: " + refusal.text()))
                .toList();
    }

    private void bind(InterfacePlan interfacePlan, NodePlan to) {
        int maxMtu = maxMtu(interfacePlan, to);
        onBoth(interfacePlan, (sync, ifindex) -> sync.bind(ifindex, interfacePlan.interfaceId(), maxMtu));
    }

    private int maxMtu(InterfacePlan interfacePlan, NodePlan to) {
        PortPlan port = interfacePlan.attachment().port() == null
                ? null
                : to.ports().get(interfacePlan.attachment().port());
        return port == null ? agent.limits().maxMtu() : port.port().mtu();
    }

    /** Has another TAP device stand for an interface that the data plane knows; {@code recreation} makes it. */
    void rebind(InterfacePlan interfacePlan, NodePlan to, Runnable recreation) {
        onAgent(() -> unbind(interfacePlan));
        recreation.run();
        onAgent(() -> {
            agent.routers().drain(System.nanoTime());
            bind(interfacePlan, to);
            DataplaneSession session = agent.programmedSession();
            if (session != null) {
                setCarrier(interfacePlan, to, session);
            }
        });
    }

    private void unbind(InterfacePlan interfacePlan) {
        onBoth(interfacePlan, RouteSync::unbind);
    }

    /** If the router is followed and the TAP device is there. */
    private void onBoth(InterfacePlan interfacePlan, BiConsumer<RouteSync, Integer> action) {
        VirtualRouter router = agent.routers().get(interfacePlan.routerKey());
        if (router != null) {
            linux.ifindex(interfacePlan).ifPresent(ifindex -> action.accept(router.sync(), ifindex));
        }
    }

    private void setCarrier(InterfacePlan interfacePlan, NodePlan to, DataplaneSession session) {
        String port = interfacePlan.attachment().port();
        if (port != null) {
            agent.ports().setCarrier(interfacePlan, session.answers().port(to.portId(port)));
        }
    }

    private void passStaticRoutes(RouterPlan plan) {
        VirtualRouter router = agent.routers().get(plan.key());
        if (router != null) {
            router.staticRoutes(plan);
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

    /** Does something on the data plane; answered by an empty text when there is none, or none that is programmed yet. */
    private CompletableFuture<String> onDataplane(Function<DataplaneSession, CompletableFuture<String>> action) {
        try {
            return agent.call(() -> {
                DataplaneSession session = agent.programmedSession();
                return session == null ? CompletableFuture.completedFuture("") : action.apply(session);
            });
        } catch (DataplaneLostException e) {
            return CompletableFuture.completedFuture("");
        }
    }

    private static String await(CompletableFuture<String> answer, Duration timeout, String onTimeout) {
        return unlessLost(answer, "")
                .completeOnTimeout(onTimeout, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * An answer that is lost with the data plane is as good as none needed: the next one is programmed with everything. Any
     * other failure is one of ours.
     */
    private static <T> CompletableFuture<T> unlessLost(CompletableFuture<T> answer, T whenLost) {
        return answer.exceptionallyCompose(failure -> DataplaneLostException.isCauseOf(failure)
                ? CompletableFuture.completedFuture(whenLost)
                : CompletableFuture.failedFuture(failure));
    }

    private String unconfirmed(String what) {
        return "the data plane did not confirm " + what + " within " + text(timeouts.confirmation());
    }

    private static String text(Duration timeout) {
        return timeout.toMillisPart() == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }
}
