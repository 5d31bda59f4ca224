package io.vireo.control.node.events;

import io.vireo.control.view.NodeEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** Publishes to the listener, and to the log, what happens on the node. Thread-safe as far as the listener is. */
public final class Events {
    private static final Logger LOG = System.getLogger(Events.class.getName());

    private final Consumer<NodeEvent> listener;

    public Events(Consumer<NodeEvent> listener) {
        this.listener = listener;
    }

    public void info(String type, String subject, String text) {
        publish(NodeEvent.Severity.INFO, Level.INFO, type, subject, text, Map.of());
    }

    public void info(String type, String subject, String text, Map<String, String> details) {
        publish(NodeEvent.Severity.INFO, Level.INFO, type, subject, text, details);
    }

    public void warning(String type, String subject, String text) {
        publish(NodeEvent.Severity.WARNING, Level.WARNING, type, subject, text, Map.of());
    }

    public void warning(String type, String subject, String text, Map<String, String> details) {
        publish(NodeEvent.Severity.WARNING, Level.WARNING, type, subject, text, details);
    }

    public void error(String type, String subject, String text) {
        publish(NodeEvent.Severity.ERROR, Level.ERROR, type, subject, text, Map.of());
    }

    private void publish(
            NodeEvent.Severity severity,
            Level level,
            String type,
            String subject,
            String text,
            Map<String, String> details) {
        LOG.log(level, "{0} {1}: {2}", type, subject, text);
        try {
            listener.accept(new NodeEvent(Instant.now(), severity, type, subject, text, details));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A listener failed on " + type, e);
        }
    }
}
