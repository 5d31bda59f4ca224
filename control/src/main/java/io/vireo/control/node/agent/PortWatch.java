package io.vireo.control.node.agent;

import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.HostInterface;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.dataplane.wire.code.PortState;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the ports: shows their cables to the kernel, as the carriers of the TAP devices over them, and opens a port
 * whose Linux interface was missing once it is there. Only the node agent's thread uses it.
 */
public final class PortWatch {
    private static final long RETRY_NS = 2_000_000_000L;

    private final TapPump pump;
    private final Events events;
    private final Set<String> failed = new HashSet<>();
    private long nextRetryNs;

    PortWatch(TapPump pump, Events events, long nowNs) {
        this.pump = pump;
        this.events = events;
        nextRetryNs = nowNs;
    }

    /** The data plane answered AddPort: {@code refusal} is empty, or says why it could not. */
    void onAnswer(PortPlan port, String refusal) {
        if (refusal.isEmpty()) {
            failed.remove(port.name());
        } else if (failed.add(port.name())) {
            events.error("port.state", port.name(), "cannot be opened: " + refusal);
        }
    }

    /** The data plane told of a port. */
    void onState(int portId, DataplaneAnswers.PortInfo info, NodePlan plan) {
        for (PortPlan port : plan.ports().values()) {
            if (port.portId() == portId) {
                String speed = info.speedMbps() > 0 ? " at " + info.speedMbps() + " Mbit/s" : "";
                events.info("port.state", port.name(), "is " + info.state() + speed);
                plan.interfacesOf(port).forEach(interfacePlan -> setCarrier(interfacePlan, info));
            }
        }
    }

    /** Sets the carrier of an interface to that of its port, as far as it is known. */
    public void setCarrier(InterfacePlan interfacePlan, DataplaneAnswers.@Nullable PortInfo info) {
        if (info == null || info.state() == PortState.REMOVED || info.state() == PortState.FAILED) {
            return; // being replaced, or waited for: no reason to have daemons withdraw their routes
        }
        if (info.state() == PortState.UP) {
            pump.carrierOn(interfacePlan.interfaceId());
        } else {
            pump.carrierOff(interfacePlan.interfaceId());
        }
    }

    /**
     * Opens ports that could not be opened and whose Linux interface has come. Others are not asked for again: each
     * attempt costs the data plane memory that it does not get back.
     *
     * @param opened told after a success, for the port's interfaces had been refused
     */
    void retry(long nowNs, NodePlan plan, DataplaneSession session, Consumer<DataplaneSession> opened) {
        if (failed.isEmpty() || nowNs - nextRetryNs < 0) {
            return;
        }
        nextRetryNs = nowNs + RETRY_NS;
        for (PortPlan port : plan.ports().values()) {
            if (failed.contains(port.name()) && isReady(port)) {
                failed.remove(port.name());
                session.addPort(port)
                        .thenAccept(refusal -> onRetried(port, refusal, session, opened))
                        .exceptionally(DataplaneLostException::ignore);
            }
        }
    }

    private void onRetried(PortPlan port, String refusal, DataplaneSession session, Consumer<DataplaneSession> opened) {
        onAnswer(port, refusal);
        if (refusal.isEmpty()) {
            opened.accept(session);
        }
    }

    private static boolean isReady(PortPlan port) {
        return HostInterface.of(port)
                .filter(HostInterface::isFit)
                .map(HostInterface::prepare)
                .isPresent();
    }
}
