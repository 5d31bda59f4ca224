package io.vireo.control.desired;

import io.vireo.control.view.NodeEvent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Publishes what becomes of versions, to the listener and to the log. Thread-safe as far as the listener is. */
final class ConfigurationEvents {
    private static final System.Logger LOGGER = System.getLogger(DesiredState.class.getName());

    private final NodeClock clock;
    private final Consumer<NodeEvent> listener;

    ConfigurationEvents(NodeClock clock, Consumer<NodeEvent> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    void applied(long version, int changes, ChangeRequest request) {
        Duration trial = request.confirmWithin();
        String end = trial == null ? "" : ", on trial for " + trial.toSeconds() + " s";
        String text = request.author() + " applied version " + version + " (" + changes + " changes)" + end;
        publish(NodeEvent.Severity.INFO, "config.applied", version, text);
    }

    void restarted(long version, Duration trial, String author) {
        String text = author + " restarted the clock of version " + version + ": it is on trial for "
                + trial.toSeconds() + " s";
        publish(NodeEvent.Severity.INFO, "config.trial", version, text);
    }

    void confirmed(long version, String author) {
        publish(NodeEvent.Severity.INFO, "config.confirmed", version, author + " confirmed version " + version);
    }

    void reverted(long version, String text) {
        publish(NodeEvent.Severity.WARNING, "config.reverted", version, text);
    }

    /** The node refused a version: a new one, which is withdrawn, or one that was in force, which stays. */
    void refused(NodeEvent.Severity severity, long version, @Nullable String text) {
        publish(severity, "config.refused", version, text);
    }

    void reserved(ReservationRequest request) {
        publishReservation(
                NodeEvent.Severity.INFO,
                "config.reserved",
                request.id(),
                request.holder() + " reserved " + request.id() + " for "
                        + request.lease().toSeconds() + " s");
    }

    /** A reservation ended without a commit. */
    void released(NodeEvent.Severity severity, String id, String text) {
        publishReservation(severity, "config.released", id, text);
    }

    private void publishReservation(NodeEvent.Severity severity, String type, String id, String text) {
        publish(severity, type, id, text, Map.of("reservation", id));
    }

    private void publish(NodeEvent.Severity severity, String type, long version, @Nullable String text) {
        String number = Long.toString(version);
        publish(severity, type, number, String.valueOf(text), Map.of("version", number));
    }

    private void publish(
            NodeEvent.Severity severity, String type, String subject, String text, Map<String, String> details) {
        LOGGER.log(severity.level(), "{0}: {1}", type, text);
        listener.accept(
                new NodeEvent(clock.instant().truncatedTo(ChronoUnit.MILLIS), severity, type, subject, text, details));
    }
}
