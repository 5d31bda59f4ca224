package io.vireo.control.network.controller;

import io.vireo.control.view.NodeEvent;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Publishes what becomes of the network, to the listener and to the log. As thread-safe as the listener. */
public final class NetworkEvents {
    private static final System.Logger LOGGER = System.getLogger(NetworkEvents.class.getName());

    private final InstantSource clock;
    private final Consumer<NodeEvent> listener;

    /** @param listener takes the events. */
    public NetworkEvents(InstantSource clock, Consumer<NodeEvent> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    void applied(long version, String text) {
        publish(NodeEvent.Severity.INFO, "network.applied", Long.toString(version), text, Map.of());
    }

    void confirmed(long version, String author) {
        publish(
                NodeEvent.Severity.INFO,
                "network.confirmed",
                Long.toString(version),
                author + " confirmed version " + version,
                Map.of());
    }

    void reverted(long version, String text) {
        publish(NodeEvent.Severity.WARNING, "network.reverted", Long.toString(version), text, Map.of());
    }

    void refused(long version, String text) {
        publish(NodeEvent.Severity.WARNING, "network.refused", Long.toString(version), text, Map.of());
    }

    /** A step at a node. */
    public void step(NodeStep step) {
        String text = step.text().isEmpty() ? "" : ": " + step.text();
        publish(
                NodeEvent.Severity.INFO,
                "network.step",
                step.node(),
                "node " + step.node() + " " + step.step() + text,
                Map.of("node", step.node(), "step", step.step()));
    }

    private void moved(VirtualLinkPath before, VirtualLinkPath after) {
        publish(
                NodeEvent.Severity.WARNING,
                "network.moved",
                after.name(),
                after.name() + " moved from " + path(before) + " to " + path(after),
                Map.of("from", path(before), "to", path(after)));
    }

    /** The virtual links that took other paths before. */
    void moves(PlannedNetwork before, PlannedNetwork after) {
        Map<String, VirtualLinkPath> old =
                before.links().stream().collect(Collectors.toMap(VirtualLinkPath::name, Function.identity()));
        for (VirtualLinkPath link : after.links()) {
            VirtualLinkPath was = old.get(link.name());
            if (was != null && !was.substrateLinks().equals(link.substrateLinks())) {
                moved(was, link);
            }
        }
    }

    /** Paths of links that are down could not be moved. */
    void stuck(String text) {
        publish(NodeEvent.Severity.ERROR, "network.stuck", "network", text, Map.of());
    }

    /** A substrate link went down or came back. */
    public void substrateLink(String link, boolean up, String text) {
        publish(
                up ? NodeEvent.Severity.INFO : NodeEvent.Severity.WARNING,
                "network.substrate",
                link,
                "substrate link " + link + (up ? " is up" : " is down: " + text),
                Map.of("up", Boolean.toString(up)));
    }

    /** A node stopped answering, or answers again. */
    public void node(String node, boolean reachable, String text) {
        publish(
                reachable ? NodeEvent.Severity.INFO : NodeEvent.Severity.WARNING,
                "network.node",
                node,
                "node " + node + (reachable ? " answers" : " does not answer: " + text),
                Map.of("reachable", Boolean.toString(reachable)));
    }

    /** Something about keys of encrypted links. */
    public void keys(String line) {
        publish(NodeEvent.Severity.INFO, "network.keys", "keys", line, Map.of());
    }

    private static String path(VirtualLinkPath link) {
        return link.substrateLinks().isEmpty() ? "within a node" : String.join(", ", link.substrateLinks());
    }

    private void publish(
            NodeEvent.Severity severity, String type, String subject, String text, Map<String, String> details) {
        LOGGER.log(severity.level(), "{0}: {1}", type, text);
        listener.accept(
                new NodeEvent(clock.instant().truncatedTo(ChronoUnit.MILLIS), severity, type, subject, text, details));
    }
}
