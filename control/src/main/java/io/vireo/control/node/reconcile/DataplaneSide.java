package io.vireo.control.node.reconcile;

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
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What of a node is in the data plane, changed on the node agent's thread. A data plane that is not there, or dies on the
 * way, is told everything when it comes: then there is nothing to do here, and nothing is refused. Called by one thread
 * at a time, not the agent's.
 */
final class DataplaneSide {
    private static final long PORT_TIMEOUT_S = 20;
    private static final long BARRIER_TIMEOUT_S = 30;

    private final NodeAgent agent;
    private final LinuxSide linux;
    private final Events events;

    DataplaneSide(NodeAgent agent, LinuxSide linux, Events events) {
        this.agent = agent;
        this.linux = linux;
        this.events = events;
    }

    /** What {@link #settle} is to be told: changes when a data plane is told everything. */
    long epoch() {
        return agent.call(agent::epoch);
    }

    /** Opens a port; returns why it cannot be opened, or an empty text. */
    String openPort(PortPlan port) {
        CompletableFuture<String> answer = onDataplane(session -> session.addPort(port));
        return await(answer, PORT_TIMEOUT_S, "the data plane did not answer within " + PORT_TIMEOUT_S + " s");
    }

    /** Takes away what goes; when this returns, no packet is sent there. */
    void take(PlanDifference difference) {
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
        difference.portsRemoved().forEach(this::closePort);
        for (RouterPlan router : difference.routersRemoved()) {
            agent.run(() -> agent.routers().unregister(router.key()));
        }
    }

    private void closePort(PortPlan port) {
        CompletableFuture<String> answer = onDataplane(session -> session.removePort(port.portId()));
        String refusal = await(answer, PORT_TIMEOUT_S, "no answer");
        if (!refusal.isEmpty()) {
            events.error("port.state", port.name(), "cannot be closed: " + refusal);
        }
    }

    /** Adds a router, and follows its namespace: the router goes first, for the namespace may have routes already. */
    void follow(RouterPlan router, RouterNamespace namespace) {
        agent.run(() -> {
            DataplaneSession session = agent.programmedSession();
            if (session != null) {
                session.addRouter(router);
            }
            agent.routers().register(router, namespace, agent.tables());
        });
    }

    /**
     * Adds and changes all but ports and new routers. A data plane that control has not spoken to yet is told everything
     * once all of it stands in Linux; see {@link #settle}.
     */
    void give(PlanDifference difference, NodePlan to) {
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

    /**
     * Waits until the data plane has what Linux has.
     *
     * @param epochBefore {@link #epoch} when the change began
     * @return what it refused
     */
    List<DataplaneAnswers.Refusal> settle(NodePlan to, long epochBefore) {
        onAgent(() -> {
            agent.routers().drain(System.nanoTime());
            // A data plane that started on the way was told a mixture of the two plans.
            if (!agent.isArmed() || agent.epoch() != epochBefore) {
                agent.arm(to);
            }
        });
        return refusalsAtBarrier();
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
            return List.of();
        }
    }

    private void bind(InterfacePlan element) {
        onBoth(element, (sync, ifindex) -> sync.bind(ifindex, element.interfaceId()));
    }

    private void unbind(InterfacePlan element) {
        onBoth(element, RouteSync::unbind);
    }

    /** If the router is followed and the TAP device is there. */
    private void onBoth(InterfacePlan element, BiConsumer<RouteSync, Integer> action) {
        VirtualRouter router = agent.routers().get(element.routerKey());
        if (router != null) {
            linux.ifindex(element).ifPresent(ifindex -> action.accept(router.sync(), ifindex));
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
            return CompletableFuture.completedFuture("");
        }
    }

    /** An answer that is lost with the data plane is as good as none needed. */
    private static String await(CompletableFuture<String> answer, long timeoutSeconds, String onTimeout) {
        return answer.exceptionally(loss -> "")
                .completeOnTimeout(onTimeout, timeoutSeconds, TimeUnit.SECONDS)
                .join();
    }
}
