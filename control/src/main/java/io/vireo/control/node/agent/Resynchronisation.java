package io.vireo.control.node.agent;

import io.vireo.control.node.audit.AuditRound;
import io.vireo.control.node.capture.CaptureBoard;
import io.vireo.control.node.events.ActiveAlarms;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.mirror.VirtualRouters;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.ProgrammingOrder;
import io.vireo.control.node.topology.InterfacePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Programs a data plane with everything, between ResyncBegin and ResyncEnd, so that what it has beyond it goes and what stays is
 * not interrupted. Only the node agent's thread uses it.
 */
final class Resynchronisation {
    /** What {@link ActiveAlarms} knows alarms of routers and interfaces by. */
    static final String TOPOLOGY = "topology";

    private final VirtualRouters routers;
    private final PortWatch ports;
    private final CaptureBoard captures;
    private final ActiveAlarms alarms;
    private final Events events;
    private long epoch;

    Resynchronisation(
            VirtualRouters routers, PortWatch ports, CaptureBoard captures, ActiveAlarms alarms, Events events) {
        this.routers = routers;
        this.ports = ports;
        this.captures = captures;
        this.alarms = alarms;
        this.events = events;
    }

    /** The number of the last time; greater each time. */
    long epoch() {
        return epoch;
    }

    /** @param done called when the data plane has it, and whether nothing was refused; not when it is lost meanwhile */
    void begin(DataplaneSession target, NodePlan plan, Consumer<Boolean> done) {
        long beganAtNs = System.nanoTime();
        epoch = Math.max(epoch + 1, System.currentTimeMillis());
        target.resyncBegin(epoch);
        new ProgrammingOrder(target).programAll(plan, port -> ports.open(port, target), ports::onAnswer, () -> {
            routers.program(target);
            routers.replay();
        });
        captures.forEach((id, capture) ->
                target.startCapture(id, capture.interfaceId(), capture.dropReason(), capture.snapLength()));
        target.resyncEnd(epoch);
        target.barrier()
                .thenAccept(refused -> {
                    updateAlarms(plan, refused);
                    reportResync(plan, (System.nanoTime() - beganAtNs) / 1_000_000);
                    done.accept(refused.isEmpty());
                })
                .exceptionally(DataplaneLostException::ignore);
    }

    /** All but routes and neighbours was tried: what was refused is an alarm, and the other alarms are over. */
    private void updateAlarms(NodePlan plan, List<DataplaneAnswers.Refusal> refused) {
        Map<String, String> elements = new LinkedHashMap<>();
        Map<String, String> scheduling = new LinkedHashMap<>();
        for (DataplaneAnswers.Refusal refusal : refused) {
            InterfacePlan element = plan.interfaces().get(refusal.key());
            boolean isElement = element != null || plan.routers().containsKey(refusal.key());
            (isElement ? elements : scheduling).put(refusal.key(), refusal.text());
            if (element != null) {
                routers.suspend(element);
            }
        }
        alarms.update(TOPOLOGY, elements, subject -> false);
        alarms.update(AuditRound.SCHEDULING, scheduling, subject -> false);
    }

    private void reportResync(NodePlan plan, long tookMs) {
        int routes = routers.routeCount();
        events.info(
                "resync.done",
                "dataplane",
                "programmed " + plan.routers().size() + " routers and " + routes + " routes in " + tookMs + " ms",
                Map.of("routes", Integer.toString(routes), "tookMs", Long.toString(tookMs)));
    }
}
