package io.vireo.control.node.agent;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.HostInterface;
import io.vireo.control.node.host.HostLinks;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.mirror.VirtualRouters;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.dataplane.wire.code.PortState;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the ports: shows their cables to the kernel, as the carriers of the TAP devices over them, has them follow the host's
 * devices, and opens a port whose Linux interface was missing once it is there. Only the node agent's thread uses it.
 */
public final class PortWatch {
    private static final long RETRY_NS = 2_000_000_000L;
    private static final long REFRESH_NS = 60_000_000L;

    private final TapPump pump;
    private final Events events;
    private final VirtualRouters routers;
    private final HostLinks hosts;
    private final PortDevices devices;
    private final Set<String> failed = new HashSet<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Map<String, String> reported = new HashMap<>();
    private long nextRetryNs;
    private long nextRefreshNs;
    private boolean hostChanged;

    PortWatch(TapPump pump, Events events, VirtualRouters routers, HostLinks hosts, long nowNs) {
        this.pump = pump;
        this.events = events;
        this.routers = routers;
        this.hosts = hosts;
        devices = new PortDevices(hosts, events);
        nextRetryNs = nowNs;
        nextRefreshNs = nowNs;
    }

    /** Opens a port in the data plane; the answer is empty, or why it cannot be opened. */
    public CompletableFuture<String> open(PortPlan port, DataplaneSession session) {
        return devices.open(port, session);
    }

    /** The data plane answered AddPort: {@code refusal} is empty, or says why it could not. */
    void onAnswer(PortPlan port, String refusal) {
        devices.onAnswer(port, refusal, System.nanoTime());
        if (refusal.isEmpty()) {
            failed.remove(port.name());
            refusals.remove(port.name());
        } else if (failed.add(port.name()) && !refusal.equals(refusals.put(port.name(), refusal))) {
            events.error("port.state", port.name(), "cannot be opened: " + refusal);
        }
    }

    /** The data plane reported a port. */
    void onState(int portId, DataplaneAnswers.PortInfo info, NodePlan plan) {
        if (info.state() == PortState.REMOVED) {
            devices.onRemoved(portId);
        }
        for (PortPlan port : plan.ports().values()) {
            if (port.portId() == portId) {
                report(port, info);
                plan.interfacesOf(port).forEach(interfacePlan -> setCarrier(interfacePlan, info));
            }
        }
    }

    private void report(PortPlan port, DataplaneAnswers.PortInfo info) {
        String text = "is " + info.state().name().toLowerCase(Locale.ROOT);
        if (info.state() == PortState.UP) {
            text += info.speedMbps() > 0 ? " at " + info.speedMbps() + " Mbit/s" : "";
        } else if (!reason(port).isEmpty()) {
            text += ": " + reason(port);
        }
        if (text.equals(reported.put(port.name(), text))) {
            return; // programmed again
        }
        if (info.state() == PortState.UP) {
            events.info("port.state", port.name(), text);
        } else {
            events.warning("port.state", port.name(), text);
        }
    }

    /** Why frames cannot pass by a port, as far as the host knows, or an empty text. */
    public String reason(PortPlan port) {
        return devices.reason(port);
    }

    /** The data plane is gone. */
    void onLost() {
        devices.onLost();
        refusals.clear();
        reported.clear();
    }

    /** Sets the carrier of an interface to that of its port, as far as it is known. */
    public void setCarrier(InterfacePlan interfacePlan, DataplaneAnswers.@Nullable PortInfo info) {
        if (info == null || info.state() == PortState.REMOVED) {
            return; // being replaced: no reason to have daemons withdraw their routes
        }
        if (info.state() == PortState.UP) {
            pump.carrierOn(interfacePlan.interfaceId());
        } else {
            pump.carrierOff(interfacePlan.interfaceId());
        }
        VirtualRouter router = routers.get(interfacePlan.routerKey());
        if (router != null) {
            router.refreshLink(interfacePlan.name());
        }
    }

    /**
     * Takes in what the host reports of its devices; to be called whenever it does, also while no data plane is programmed: what
     * nobody reads would wake the agent again and again.
     */
    void hear() {
        hostChanged |= hosts.poll();
    }

    /**
     * Follows the host's devices, and opens ports that could not be opened and whose Linux interface is there, at once if it has
     * come since, and ever less often otherwise: see {@link OpenBackoff}.
     *
     * @param opened called after a success, for the port's interfaces had been refused
     */
    void doWork(long nowNs, NodePlan plan, DataplaneSession session, Consumer<DataplaneSession> opened) {
        boolean isDue = nowNs - nextRetryNs >= 0;
        boolean hasChanged = hostChanged;
        hostChanged = false;
        if (nowNs - nextRefreshNs >= 0) {
            nextRefreshNs = nowNs + REFRESH_NS;
            hasChanged |= devices.refresh(plan);
        }
        if (hasChanged || isDue) {
            nextRetryNs = nowNs + RETRY_NS;
            devices.follow(nowNs, plan, session);
            retry(nowNs, plan, session, opened);
        }
    }

    private void retry(long nowNs, NodePlan plan, DataplaneSession session, Consumer<DataplaneSession> opened) {
        for (PortPlan port : plan.ports().values()) {
            if (failed.contains(port.name()) && devices.mayTry(port, nowNs) && isReady(port)) {
                failed.remove(port.name());
                devices.onTry(port, nowNs);
                open(port, session)
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
        try {
            return HostInterface.of(port)
                    .filter(HostInterface::isFit)
                    .map(HostInterface::prepare)
                    .isPresent();
        } catch (LinuxException | UncheckedIOException | NoSuchElementException e) {
            return false; // it is gone again
        }
    }
}
