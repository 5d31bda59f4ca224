package io.vireo.control.http;

import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.telemetry.NumberedEvent;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Events: the latest, and as they happen, as server-sent events that a client resumes by the number it has seen last. */
public final class EventOperations {
    private static final String EVENTS = "text/event-stream";

    /** How often an idle stream checks whether the peer is connected. */
    private static final long POLL_MS = 500;

    /** When a client that was cut off tries again. */
    private static final long RETRY_MS = 1_000;

    /** How often an idle event stream sends a keepalive comment, in polls. */
    private static final int POLLS_PER_KEEPALIVE = 20;

    private final EventLog events;

    public EventOperations(EventLog events) {
        this.events = events;
    }

    /** The operations of the log. */
    public List<Operation> operations() {
        return List.of(
                Tables.all(
                        "/v1/events",
                        "The latest events, oldest first.",
                        NumberedEvent.class,
                        exchange -> events.after(exchange.number("after", 0, Long.MAX_VALUE, 0)),
                        new Parameter(
                                "after",
                                "integer",
                                "Only events after this number; all when left out. Lost ones are an event of type events.gap.")),
                Operation.get(
                                "/v1/events/stream",
                                "Events as they happen, as server-sent events.",
                                Body.text(EVENTS),
                                this::follow)
                        .with(new Parameter(
                                "after",
                                "integer",
                                "Begin after this number, unless the header Last-Event-ID names one; with the next when left out."
                                        + " If what followed is lost, an event of type events.gap comes first.")));
    }

    private void follow(Exchange exchange) throws Exception {
        long after = exchange.number("after", 0, Long.MAX_VALUE, events.lastNumber());
        long last = exchange.headerNumber("Last-Event-ID", after);
        if (exchange.isHead()) {
            exchange.head(EVENTS);
            return;
        }
        int idlePolls = 0;
        try (OutputStream out = exchange.stream(EVENTS)) {
            // The number comes first: who is cut off before the first event goes on from there, too.
            String begin = ": events follow\nretry: " + RETRY_MS + "\nid: " + last + "\n\n";
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            while (!exchange.isPeerClosed()) {
                List<NumberedEvent> newEvents = events.await(last, POLL_MS);
                for (NumberedEvent event : newEvents) {
                    last = event.number();
                    out.write(serverSent(event));
                }
                idlePolls = newEvents.isEmpty() ? idlePolls + 1 : 0;
                if (idlePolls == POLLS_PER_KEEPALIVE) {
                    out.write(": keepalive\n\n".getBytes(StandardCharsets.UTF_8));
                    idlePolls = 0;
                }
            }
        }
    }

    private static byte[] serverSent(NumberedEvent event) {
        return ("id: " + event.number() + "\nevent: " + event.event().type() + "\ndata: "
                        + Json.MAPPER.writeValueAsString(event) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
