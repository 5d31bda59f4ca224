package io.vireo.control.node.agent;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Attachment.FarEnd;
import io.vireo.control.model.Keepalive;
import io.vireo.control.model.Limits;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.mirror.VirtualRouters;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.TapPump;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the kernel whether the far ends of tunnels are reached by the routers underneath, and answer keepalives where there are any, as
 * the carriers of their TAP devices: so routes over a tunnel that leads nowhere are not used, and daemons learn of it. And gives
 * those of which no MTU is configured the one that the way leaves; the data plane takes it over from the kernel. A tunnel within a tunnel
 * follows that one. Only the node agent's thread uses it.
 */
final class TunnelWatch {
    private static final Logger LOG = System.getLogger(TunnelWatch.class.getName());
    private static final long LOOK_NS = 100_000_000L;

    /** How long there must be no way: a route that is replaced may be away for a moment. */
    private static final long DOWN_NS = 1_000_000_000L;

    private final TapPump pump;
    private final VirtualRouters routers;
    private final Events events;
    private final Set<String> down = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, Integer> mtus = new HashMap<>();
    private final Map<String, Long> unreachedSinceNs = new HashMap<>();
    private List<InterfacePlan> tunnels = List.of();
    private long nextLookNs;

    TunnelWatch(TapPump pump, VirtualRouters routers, Events events, long nowNs) {
        this.pump = pump;
        this.routers = routers;
        this.events = events;
        nextLookNs = nowNs;
    }

    /** Follows the tunnels of a plan. A device that is new has a carrier, so those that are to have none are shown that anew. */
    void plan(NodePlan plan) {
        tunnels = plan.tunnels();
        Set<String> keys = tunnels.stream().map(InterfacePlan::key).collect(Collectors.toSet());
        down.retainAll(keys);
        silent.retainAll(keys);
        unreachedSinceNs.keySet().retainAll(keys);
        mtus.clear();
        tunnels.stream()
                .filter(tunnel -> down.contains(tunnel.key()))
                .forEach(tunnel -> pump.carrierOff(tunnel.interfaceId()));
    }

    /**
     * Looks at the tunnels, from time to time, and not while a configuration is being applied.
     *
     * @param statistics in which keepalives are; null: there is no data plane, and nothing new of them is known.
     */
    void doWork(long nowNs, @Nullable StatisticsReader statistics) {
        if (nowNs - nextLookNs < 0 || routers.isChanging()) {
            return;
        }
        nextLookNs = nowNs + LOOK_NS;
        for (InterfacePlan tunnel : tunnels) {
            FarEnd farEnd = tunnel.attachment().farEnd();
            VirtualRouter underlay =
                    farEnd == null ? null : routers.get(farEnd.underlay().toString());
            Integer wayMtu = farEnd == null || underlay == null ? null : underlay.wayMtu(farEnd.address());
            hear(tunnel, statistics);
            if (farEnd != null && wayMtu != null) {
                look(tunnel, farEnd, wayMtu > 0, nowNs);
                fit(tunnel, wayMtu);
            }
        }
    }

    /** Gives a tunnel whose MTU is not configured what the way leaves, and no less than IPv6 needs. */
    private void fit(InterfacePlan tunnel, int wayMtu) {
        int headerBytes = Limits.DEFAULT_MTU - tunnel.mtu();
        int mtu = wayMtu > 0 ? Math.clamp(wayMtu - headerBytes, Limits.MIN_IPV6_MTU, Limits.MAX_MTU) : tunnel.mtu();
        VirtualRouter router = routers.get(tunnel.routerKey());
        if (tunnel.followsUnderlay() && router != null && !Integer.valueOf(mtu).equals(mtus.put(tunnel.key(), mtu))) {
            try {
                router.setMtu(tunnel.name(), mtu);
            } catch (LinuxException e) {
                mtus.remove(tunnel.key()); // its device may be going right now
                LOG.log(Level.DEBUG, "{0} keeps its MTU: {1}", tunnel.key(), e.getMessage());
            }
        }
    }

    /** A data plane that has just begun to ask knows no better than the last one. */
    private void hear(InterfacePlan tunnel, @Nullable StatisticsReader statistics) {
        if (keepalive(tunnel) == null) {
            silent.remove(tunnel.key());
        } else if (statistics != null) {
            switch (statistics.keepaliveCounts(tunnel.interfaceId()).state()) {
                case UP -> silent.remove(tunnel.key());
                case DOWN -> silent.add(tunnel.key());
                case NONE, PENDING -> {}
            }
        }
    }

    private static @Nullable Keepalive keepalive(InterfacePlan plan) {
        return plan.attachment() instanceof Attachment.Tunnel tunnel ? tunnel.keepalive() : null;
    }

    private void look(InterfacePlan tunnel, FarEnd farEnd, boolean hasWay, long nowNs) {
        boolean isSilent = silent.contains(tunnel.key());
        boolean isCut = isCut(tunnel, hasWay, nowNs);
        if (hasWay && !isSilent) {
            if (down.remove(tunnel.key())) {
                show(tunnel, true);
                events.info("tunnel.state", tunnel.key(), "is up");
            }
        } else if ((isSilent || isCut) && down.add(tunnel.key())) {
            show(tunnel, false);
            events.warning("tunnel.state", tunnel.key(), "is down: " + reason(tunnel, farEnd, isCut));
        }
    }

    /** Whether there has been no way for long enough. */
    private boolean isCut(InterfacePlan tunnel, boolean hasWay, long nowNs) {
        if (hasWay) {
            unreachedSinceNs.remove(tunnel.key());
            return false;
        }
        return nowNs - unreachedSinceNs.computeIfAbsent(tunnel.key(), ignored -> nowNs) >= DOWN_NS;
    }

    private static String reason(InterfacePlan tunnel, FarEnd farEnd, boolean isCut) {
        Keepalive keepalive = keepalive(tunnel);
        return isCut || keepalive == null
                ? "router " + farEnd.underlay() + " has no way to " + farEnd.address()
                : keepalive.target() + " does not answer, " + keepalive.misses() + " times in a row";
    }

    private void show(InterfacePlan tunnel, boolean isReached) {
        if (isReached) {
            pump.carrierOn(tunnel.interfaceId());
        } else {
            pump.carrierOff(tunnel.interfaceId());
        }
        VirtualRouter router = routers.get(tunnel.routerKey());
        if (router != null) {
            router.refreshLink(tunnel.name());
        }
    }
}
