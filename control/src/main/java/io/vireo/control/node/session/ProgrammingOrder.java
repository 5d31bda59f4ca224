package io.vireo.control.node.session;

import io.vireo.control.model.Attachment;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.plan.PlanDifference;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The order in which a data plane is programmed: the flows' hash, ports, routers, interfaces, labels, scheduling, and then routes and
 * neighbours, each of which refers to what stands before it. What goes is withdrawn in reverse. Nothing else knows it: a new kind of
 * element is put in its place here. Only the node agent's thread uses it.
 *
 * <p>Routes and neighbours follow the kernel at any time, not a plan; where they may come is what {@code routes} and the
 * callers' comments say.
 */
public final class ProgrammingOrder {
    private final DataplaneSession session;

    public ProgrammingOrder(DataplaneSession session) {
        this.session = session;
    }

    /**
     * Programs a data plane of which nothing is known.
     *
     * @param opener opens a port
     * @param portAnswer gets each port with the refusal, or an empty text; not when the data plane is lost
     * @param routes programs what is known of the kernel's tables
     */
    public void programAll(
            NodePlan plan,
            Function<PortPlan, CompletableFuture<String>> opener,
            BiConsumer<PortPlan, String> portAnswer,
            Runnable routes) {
        session.setFlowSeed(plan.flowSeed());
        for (PortPlan port : plan.ports().values()) {
            opener.apply(port)
                    .thenAccept(refusal -> portAnswer.accept(port, refusal))
                    .exceptionally(DataplaneLostException::ignore);
        }
        programElements(plan.routers().values(), plan.interfaces().values(), plan);
        plan.labels().values().forEach(session.labels()::add);
        session.scheduling().replay(plan.ports().values(), plan.scheduling());
        routes.run();
    }

    /** Programs what comes and changes, when the ports are open and the new routers programmed ({@link #programRouter}). */
    public void program(PlanDifference difference, NodePlan to) {
        session.setFlowSeed(to.flowSeed());
        difference.routersAdded().stream()
                .filter(router -> !router.hasNamespace()) // the others are followed already
                .forEach(this::programRouter);
        programElements(difference.routersChanged(), difference.added(), to);
        difference.changed().forEach(interfacePlan -> change(interfacePlan, to));
        difference.labels().forEach(session.labels()::add);
        session.scheduling().program(difference.scheduling());
    }

    /** Programs a new router ahead of all else: its namespace is followed from then on, and may have routes already. */
    public void programRouter(RouterPlan router) {
        session.addRouter(router);
    }

    /**
     * Withdraws what goes but ports, when nothing is routed there any more; its ports may be closed when the answer comes.
     */
    public CompletableFuture<?> withdraw(PlanDifference difference) {
        session.scheduling().withdraw(difference.scheduling());
        difference.labelsRemoved().forEach(session.labels()::remove);
        difference.removed().forEach(session::removeInterface);
        difference.routersRemoved().forEach(session::removeRouter);
        return session.barrier();
    }

    private void programElements(Collection<RouterPlan> routers, Collection<InterfacePlan> interfaces, NodePlan plan) {
        routers.forEach(session::addRouter);
        interfaces.forEach(interfacePlan -> session.addInterface(interfacePlan, plan));
        interfaces.stream()
                .filter(interfacePlan -> interfacePlan.emulation() != null)
                .forEach(session::setEmulation);
        interfaces.stream()
                .filter(interfacePlan -> interfacePlan.members() != null)
                .forEach(session::setMembers);
    }

    private void change(InterfacePlan interfacePlan, NodePlan plan) {
        session.addInterface(interfacePlan, plan);
        session.setEmulation(interfacePlan);
        if (interfacePlan.attachment() instanceof Attachment.Access access && access.takesAll()) {
            session.setMembers(interfacePlan);
        }
    }
}
