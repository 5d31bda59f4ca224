package io.vireo.control.network.watch;

import io.vireo.control.network.controller.NetworkEvents;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.controller.PlannedNetwork;
import io.vireo.control.network.controller.SubstrateLoad;
import io.vireo.control.network.controller.VirtualLinkPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks the nodes of the network how they are, and has the network planned around what is down. */
public final class NetworkWatch {
    /** A node whose API is away for so long is not just restarting: it is planned around. */
    static final long AWAY_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Set<String> WITHOUT_CARRIER = Set.of("down", "failed");

    private final NetworkService network;
    private final NodeReader reader;
    private final NetworkEvents events;
    private final Executor executor;
    private final LongSupplier nanoClock;
    private final Map<String, WatchedNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, LinkHealth> links = new HashMap<>();

    /**
     * A watch that asks when it is called.
     *
     * @param executor runs what asks one node, and may hang.
     * @param nanoClock time in ns.
     */
    public NetworkWatch(
            NetworkService network,
            NodeReader reader,
            NetworkEvents events,
            Executor executor,
            LongSupplier nanoClock) {
        this.network = network;
        this.reader = reader;
        this.events = events;
        this.executor = executor;
        this.nanoClock = nanoClock;
    }

    /** Asks all nodes that are due, and decides by what they have answered. Called by one thread, a few times a second. */
    public void round() {
        long nowNs = nanoClock.getAsLong();
        PlannedNetwork plan = network.history().currentPlan();
        nodes.keySet().retainAll(plan.parts().keySet());
        for (Map.Entry<String, String> part : plan.parts().entrySet()) {
            WatchedNode node = nodes.computeIfAbsent(part.getKey(), name -> new WatchedNode(name, nowNs));
            if (node.begin(nowNs, PERIOD_NS)) {
                String api = plan.apis().getOrDefault(part.getKey(), "");
                executor.execute(() -> node.poll(reader, api, part.getValue(), nanoClock.getAsLong()));
            }
            if (node.updateReachable(nowNs, Instant.now())) {
                NodeView view = node.view();
                events.node(node.name(), view.reachable(), view.error());
            }
        }
        decide(plan, nowNs);
    }

    private void decide(PlannedNetwork plan, long nowNs) {
        if (nodes.values().stream().anyMatch(node -> node.report() == null && node.silentNs(nowNs) < AWAY_NS)) {
            return; // the others are still to be heard
        }
        Map<String, String> reasons = new TreeMap<>();
        for (SubstrateLoad end : plan.loads()) {
            String reason = whyBad(end, nowNs);
            if (!reason.isEmpty() || !reasons.containsKey(end.link())) {
                reasons.merge(end.link(), reason, (first, second) -> first.isEmpty() ? second : first);
            }
        }
        links.keySet().retainAll(reasons.keySet());
        Set<String> down = new TreeSet<>();
        List<String> texts = new ArrayList<>();
        reasons.forEach((link, reason) -> {
            if (!isUp(link, reason, nowNs)) {
                down.add(link);
                texts.add(link + (reason.isEmpty() ? " is not up for long enough" : ": " + reason));
            }
        });
        network.planAround(down, down.isEmpty() ? "all substrate links are up" : String.join("; ", texts));
    }

    private boolean isUp(String link, String reason, long nowNs) {
        LinkHealth health = links.computeIfAbsent(link, unknown -> new LinkHealth());
        boolean wasUp = health.isUp();
        boolean isUp = health.update(reason.isEmpty(), nowNs);
        if (isUp != wasUp) {
            events.substrateLink(link, isUp, reason);
        }
        return isUp;
    }

    /** Why an end of a substrate link passes no packets, or empty. */
    private String whyBad(SubstrateLoad end, long nowNs) {
        WatchedNode node = nodes.get(end.from());
        if (node == null) {
            return "";
        }
        if (node.silentNs(nowNs) >= AWAY_NS) {
            return "node " + end.from() + " has not answered for "
                    + TimeUnit.NANOSECONDS.toSeconds(node.silentNs(nowNs)) / 60 + " min";
        }
        NodeReport report = node.report();
        String state = report == null ? "" : report.ports().getOrDefault(end.port(), "");
        // What a node said before its control restarted holds meanwhile: its packets go on.
        return WITHOUT_CARRIER.contains(state) ? "port " + end.port() + " of node " + end.from() + " is " + state : "";
    }

    /** The nodes of the network. Any thread. */
    public List<NodeView> nodes() {
        return nodes.values().stream()
                .map(node -> node.view())
                .sorted((first, second) -> first.node().compareTo(second.node()))
                .toList();
    }

    /** The virtual links of the network. Any thread. */
    public List<VirtualLinkView> links() {
        return network.history().currentPlan().links().stream().map(this::view).toList();
    }

    private VirtualLinkView view(VirtualLinkPath link) {
        VirtualLinkView.End a = end(link.a());
        VirtualLinkView.End b = end(link.b());
        return new VirtualLinkView(
                link.vpn(),
                link.link(),
                a,
                b,
                link.substrateLinks(),
                link.guaranteedBitsPerSecond(),
                a.state().equals("UP") && b.state().equals("UP"));
    }

    private VirtualLinkView.End end(VirtualLinkPath.LinkEnd end) {
        WatchedNode node = nodes.get(end.node());
        @Nullable NodeReport report = node == null ? null : node.report();
        NodeReport.LinkReport found = report == null ? null : report.links().get(end.path());
        if (node == null || found == null || !node.view().reachable()) {
            return new VirtualLinkView.End(end.node(), end.path(), "UNKNOWN", "", 0, 0, 0);
        }
        return new VirtualLinkView.End(
                end.node(),
                end.path(),
                found.state(),
                found.reason(),
                found.guaranteedBitsPerSecond(),
                node.sentBitsPerSecond(end.path()),
                found.droppedPackets());
    }
}
