package io.vireo.control.node.status;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Attachment.FarEnd;
import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.VirtualLink;
import io.vireo.control.model.document.EmulationWriter;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.mirror.LinkState;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.DelayStatus;
import io.vireo.control.view.KeepaliveStatus;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.LinkStatus.State;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.counters.KeepaliveCounts;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws a picture of the virtual links, whatever their kind. Only the node agent's thread uses it. */
public final class LinkReader {
    private final NodeAgent agent;
    private final NodePlan plan;
    private final @Nullable DataplaneSession session;
    private final Map<String, String> unkeyed;
    private final Map<String, List<ClassStatus>> classes;

    /** @param unkeyed why links that need a key to send by have none, by their paths. */
    public LinkReader(NodeAgent agent, Map<String, String> unkeyed) {
        this.agent = agent;
        this.unkeyed = unkeyed;
        plan = agent.plan();
        session = agent.session();
        classes = new ClassReader(plan, session)
                .read(null).stream()
                        .collect(Collectors.groupingBy(
                                each -> each.vpn() + "/" + each.router() + "/" + each.interfaceName()));
    }

    /** All ends, in the order of their paths. */
    public List<LinkStatus> read() {
        return plan.interfaces().values().stream()
                .sorted(Comparator.comparing(InterfacePlan::key))
                .mapMulti((InterfacePlan each, java.util.function.Consumer<LinkStatus> found) -> {
                    AttachmentFeature feature = Attachments.featureOf(each.attachment());
                    VirtualLink link = feature.virtualLink(each.router());
                    if (link != null) {
                        found.accept(status(each, link, feature.describe()));
                    }
                })
                .toList();
    }

    private LinkStatus status(InterfacePlan each, VirtualLink link, String description) {
        VirtualRouter router = agent.routers().get(each.routerKey());
        LinkState kernel = router == null ? null : router.sync().linkState(each.interfaceId());
        Condition condition = condition(each, link, kernel);
        List<ClassStatus> own = classes.getOrDefault(each.key(), List.of());
        ClassStatus root =
                own.stream().filter(each2 -> each2.parent() == null).findFirst().orElse(null);
        return new LinkStatus(
                each.key(),
                link.kind(),
                link.underlay(),
                link.local(),
                link.remote(),
                description,
                router == null ? each.mtu() : router.sync().mtu(each.interfaceId(), each.mtu()),
                condition.state(),
                condition.reason(),
                kernel == null ? null : kernel.changedAt(),
                root == null ? null : root.port(),
                guaranteedBitsPerSecond(each, root),
                keepalive(each),
                EmulationWriter.describe(each.emulation()),
                session == null ? TrafficCounts.NONE : session.statistics().interfaceCounts(each.interfaceId()),
                root == null ? 0 : root.wireBytes(),
                own.stream().mapToLong(ClassStatus::queuedPackets).sum(),
                own.stream().mapToLong(ClassStatus::droppedPackets).sum(),
                own.stream().map(ClassStatus::delays).reduce(DelayStatus.NONE, DelayStatus::plus));
    }

    private @Nullable KeepaliveStatus keepalive(InterfacePlan each) {
        if (session == null || !(each.attachment() instanceof Attachment.Tunnel tunnel) || tunnel.keepalive() == null) {
            return null;
        }
        KeepaliveCounts counts = session.statistics().keepaliveCounts(each.interfaceId());
        KeepaliveStatus.State state = switch (counts.state()) {
            case NONE, PENDING -> KeepaliveStatus.State.PENDING;
            case UP -> KeepaliveStatus.State.UP;
            case DOWN -> KeepaliveStatus.State.DOWN;
        };
        return new KeepaliveStatus(
                tunnel.keepalive().target().toString(), state, counts.requests(), counts.lost(), counts.roundTripNs());
    }

    private static long guaranteedBitsPerSecond(InterfacePlan each, @Nullable ClassStatus root) {
        if (root != null && root.realTime() != null) {
            return root.realTime().secondRateBitsPerSecond();
        }
        Bandwidth rate = each.emulation() == null ? null : each.emulation().rate();
        return rate == null ? 0 : rate.bitsPerSecond();
    }

    /** Whether packets pass, and why not. */
    private record Condition(State state, String reason) {
        static final Condition UP = new Condition(State.UP, "");
    }

    private Condition condition(InterfacePlan each, VirtualLink link, @Nullable LinkState kernel) {
        if (!each.adminUp()) {
            return new Condition(State.DISABLED, "by its configuration");
        }
        if (!each.attachment().hasDevice()) {
            return conditionOfPort(each);
        }
        if (kernel == null) {
            return new Condition(State.DOWN, "it has no device in Linux");
        }
        if (!kernel.isOperational()) {
            return new Condition(State.DOWN, kernel.isSetUp() ? withoutCarrier(each, link) : "it is set down in Linux");
        }
        String missing = missing(each, link);
        return missing == null ? Condition.UP : new Condition(State.WAITING, missing);
    }

    /** Of an end of which Linux knows nothing: it is up while its port is, and waits for the other end's. */
    private Condition conditionOfPort(InterfacePlan each) {
        if (session == null) {
            return new Condition(State.WAITING, "there is no data plane");
        }
        if (!isPortUp(each, plan, session)) {
            return new Condition(State.DOWN, "port " + each.attachment().port() + " is not up");
        }
        InterfacePlan other = each.attachment() instanceof Attachment.Crossing crossing
                ? plan.interfaces().get(each.routerKey() + "/" + crossing.otherEnd())
                : null;
        return other == null || isPortUp(other, plan, session)
                ? Condition.UP
                : new Condition(State.WAITING, "its other end, " + other.key() + ", is down");
    }

    /** Whether the port of an interface is up, by which the state of one without a device in Linux is known. */
    static boolean isPortUp(InterfacePlan each, NodePlan plan, @Nullable DataplaneSession session) {
        String port = each.attachment().port();
        DataplaneAnswers.PortInfo info =
                port == null || session == null ? null : session.answers().port(plan.portId(port));
        return info != null && info.state() == PortState.UP;
    }

    /** Where there is no way, nobody answers either. */
    private String withoutCarrier(InterfacePlan each, VirtualLink link) {
        FarEnd farEnd = each.attachment().farEnd();
        KeepaliveStatus keepalive = keepalive(each);
        if (farEnd != null && keepalive != null && keepalive.state() == KeepaliveStatus.State.DOWN && hasWay(farEnd)) {
            return keepalive.target() + " does not answer";
        }
        if (farEnd != null) {
            return "router " + farEnd.underlay() + " has no way to " + farEnd.address();
        }
        return link.underlay().isEmpty() ? "it has no carrier" : link.underlay() + " has no carrier";
    }

    private boolean hasWay(FarEnd farEnd) {
        VirtualRouter underlay = agent.routers().get(farEnd.underlay().toString());
        Integer mtu = underlay == null ? null : underlay.wayMtu(farEnd.address());
        return mtu != null && mtu > 0;
    }

    /** What there must be for packets to pass, and is not; or null. */
    private @Nullable String missing(InterfacePlan each, VirtualLink link) {
        if (session == null) {
            return "there is no data plane";
        }
        if (unkeyed.containsKey(each.key())) {
            return unkeyed.get(each.key());
        }
        InterfacePlan peer = plan.interfaces().get(link.remote());
        if (peer != null && !isOperational(peer)) {
            return "its other end, " + peer.key() + ", is down";
        }
        FarEnd farEnd = each.attachment().farEnd();
        return farEnd == null ? null : unresolved(farEnd);
    }

    private boolean isOperational(InterfacePlan peer) {
        VirtualRouter router = agent.routers().get(peer.routerKey());
        return router != null && router.sync().isOperational(peer.interfaceId());
    }

    private @Nullable String unresolved(FarEnd farEnd) {
        VirtualRouter underlay = agent.routers().get(farEnd.underlay().toString());
        List<IpAddress> unresolved =
                underlay == null ? List.of() : underlay.sync().unresolvedTowards(farEnd.address());
        return unresolved.isEmpty()
                ? null
                : "router " + farEnd.underlay() + " has no Ethernet address of " + unresolved.getFirst()
                        + " on the way to " + farEnd.address();
    }
}
