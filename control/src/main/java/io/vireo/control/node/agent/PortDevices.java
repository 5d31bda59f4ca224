package io.vireo.control.node.agent;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.model.Device;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.HostInterface;
import io.vireo.control.node.host.HostLinks;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.PortPlan;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Follows the host's devices that ports are made of, for DPDK's af_packet driver sees neither that a carrier is gone nor that the
 * device is. The data plane is given each carrier; a port whose device is deleted, renamed or moved away is detached, and opened
 * again when a device of the configured name is there. Only the node agent's thread uses it.
 */
final class PortDevices {
    private final HostLinks hosts;
    private final Events events;
    private final Map<Integer, State> states = new HashMap<>();
    private final FanoutClash clash = new FanoutClash();

    /** What the data plane has of a port's device. */
    private static final class State {
        /** Of the device that is open, or {@link #NONE}. */
        long life = NONE;

        boolean isUp;
        boolean isDetached;
        int reportedMtu;
        String failure = "";
        long failedLife = NONE;
        final ReopenBudget budget = new ReopenBudget();
        final OpenBackoff backoff = new OpenBackoff();

        static final long NONE = 0;
    }

    PortDevices(HostLinks hosts, Events events) {
        this.hosts = hosts;
        this.events = events;
    }

    /**
     * Opens a port in the data plane, which has learnt its carrier before. The answer is empty, or why it cannot be opened; a data plane
     * that is ended for it ({@link FanoutClash}) does not answer.
     */
    CompletableFuture<String> open(PortPlan port, DataplaneSession session) {
        State state = states.computeIfAbsent(port.portId(), id -> new State());
        state.life = State.NONE;
        state.isDetached = false;
        String name = hostName(port);
        if (name != null) {
            hosts.refresh(name);
            HostLinks.HostLink link = hosts.find(name);
            if (link != null) {
                state.life = link.life();
                state.isUp = link.link().isOperational();
                session.setPortLink(port.portId(), state.isUp);
            }
        }
        return session.addPort(port).thenCompose(refusal -> onOpened(port, refusal, session));
    }

    private CompletableFuture<String> onOpened(PortPlan port, String refusal, DataplaneSession session) {
        long nowNs = System.nanoTime();
        if (refusal.isEmpty()) {
            clash.onOpened(nowNs);
        } else if (FanoutClash.isCauseOf(refusal) && session.canEnd() && clash.isToEnd(nowNs)) {
            events.warning(
                    "dataplane.ended",
                    "dataplane",
                    "was ended to begin again with another process id: port " + port.name() + ": " + refusal);
            return session.end("port " + port.name() + " needs another process id");
        } else if (FanoutClash.isCauseOf(refusal)) {
            return CompletableFuture.completedFuture(FanoutClash.explain(refusal));
        }
        return CompletableFuture.completedFuture(refusal);
    }

    /** The data plane answered {@link #open}: {@code refusal} is empty, or says why it could not. */
    void onAnswer(PortPlan port, String refusal, long nowNs) {
        State state = states.get(port.portId());
        if (state != null && refusal.isEmpty()) {
            state.backoff.opened();
        } else if (state != null) {
            state.backoff.refused(nowNs, life(port));
        }
    }

    /** Whether a port that could not be opened may be tried again. */
    boolean mayTry(PortPlan port, long nowNs) {
        State state = states.get(port.portId());
        return state == null || (state.budget.isLeft(nowNs) && state.backoff.isDue(nowNs, life(port)));
    }

    /** A port that could not be opened is being tried again. */
    void onTry(PortPlan port, long nowNs) {
        states.computeIfAbsent(port.portId(), id -> new State()).budget.use(nowNs);
    }

    private long life(PortPlan port) {
        String name = hostName(port);
        HostLinks.HostLink link = name == null ? null : hosts.find(name);
        return link == null ? State.NONE : link.life();
    }

    /** The data plane has removed a port. */
    void onRemoved(int portId) {
        states.remove(portId);
    }

    /** The data plane is gone, and with it all it had open. */
    void onLost() {
        states.clear();
        clash.onLost();
    }

    /** Asks the kernel for the devices of all ports, whose carriers it may not have reported yet. */
    boolean refresh(NodePlan plan) {
        boolean hasChanged = false;
        for (PortPlan port : plan.ports().values()) {
            String name = hostName(port);
            hasChanged |= name != null && hosts.refresh(name);
        }
        return hasChanged;
    }

    /** Brings the data plane's ports to what the host's devices are. */
    void follow(long nowNs, NodePlan plan, DataplaneSession session) {
        for (PortPlan port : plan.ports().values()) {
            String name = hostName(port);
            State state = states.get(port.portId());
            if (name != null && state != null) {
                follow(nowNs, port, hosts.find(name), state, session);
            }
        }
    }

    private void follow(
            long nowNs, PortPlan port, HostLinks.@Nullable HostLink link, State state, DataplaneSession session) {
        if (state.life != State.NONE && (link == null || link.life() != state.life)) {
            state.life = State.NONE;
            state.isDetached = true;
            session.detachPort(port.portId());
        }
        if (link == null) {
            return;
        }
        if (state.isDetached) {
            reopen(nowNs, port, link, state, session);
        } else if (state.life == link.life()) {
            followLink(port, link.link(), state, session);
        }
    }

    private void followLink(PortPlan port, LinkMessage link, State state, DataplaneSession session) {
        if (link.isOperational() != state.isUp) {
            state.isUp = link.isOperational();
            session.setPortLink(port.portId(), state.isUp);
        }
        if (link.mtu() != state.reportedMtu) {
            state.reportedMtu = link.mtu();
            if (link.mtu() < port.port().mtu()) {
                events.warning(
                        "port.mtu",
                        port.name(),
                        "MTU of " + link.name() + " is " + link.mtu() + " bytes, that of the port "
                                + port.port().mtu() + ": longer packets are lost");
            }
        }
    }

    private void reopen(long nowNs, PortPlan port, HostLinks.HostLink link, State state, DataplaneSession session) {
        if (!state.backoff.isDue(nowNs, link.life())) {
            return; // it was refused a moment ago
        }
        if (!state.budget.isLeft(nowNs)) {
            fail(port, state, "its device comes and goes too often");
        } else if (prepare(port, link, state)) {
            state.budget.use(nowNs);
            open(port, session)
                    .thenAccept(refusal -> onReopened(port, refusal))
                    .exceptionally(DataplaneLostException::ignore);
        }
    }

    private void onReopened(PortPlan port, String refusal) {
        State state = states.get(port.portId());
        onAnswer(port, refusal, System.nanoTime());
        if (state != null && refusal.isEmpty()) {
            state.failure = "";
        } else if (state != null) {
            state.life = State.NONE;
            state.isDetached = true;
            fail(port, state, refusal);
        }
    }

    /** Makes a host's device that has come a port; says once why it cannot be one. */
    private boolean prepare(PortPlan port, HostLinks.HostLink link, State state) {
        HostInterface device = new HostInterface(link.link().name());
        String refusal;
        try {
            refusal = device.unfit().orElse("");
            if (refusal.isEmpty()) {
                device.prepare().forEach(warning -> events.warning("port.offloads", port.name(), warning));
                return true;
            }
        } catch (LinuxException | UncheckedIOException | NoSuchElementException e) {
            refusal = String.valueOf(e.getMessage()); // gone again, most likely: then its next coming is another chance
        }
        if (state.failedLife != link.life()) {
            state.failedLife = link.life();
            fail(port, state, refusal);
        }
        return false;
    }

    private void fail(PortPlan port, State state, String reason) {
        if (!reason.equals(state.failure)) {
            state.failure = reason;
            events.error("port.state", port.name(), "cannot be opened again: " + reason);
        }
    }

    /** Why frames cannot pass by a port of the host's, or an empty text. */
    String reason(PortPlan port) {
        String name = hostName(port);
        if (name == null) {
            return "";
        }
        HostLinks.HostLink link = hosts.find(name);
        if (link == null) {
            return "there is no Linux interface " + name;
        }
        if (!link.link().isUp()) {
            return "Linux interface " + name + " is down";
        }
        return link.link().isOperational() ? "" : "Linux interface " + name + " has no carrier";
    }

    private static @Nullable String hostName(PortPlan port) {
        return port.port().device() instanceof Device.AfPacket device ? device.interfaceName() : null;
    }
}
