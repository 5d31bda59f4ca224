package io.vireo.control.api;

import io.vireo.control.api.Operation.Body;
import io.vireo.control.api.Operation.Parameter;
import io.vireo.control.telemetry.EventLog;
import io.vireo.control.telemetry.NumberedEvent;
import io.vireo.control.view.Capture;
import io.vireo.control.view.CaptureRequest;
import io.vireo.control.view.CapturedFrame;
import io.vireo.control.view.Node;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Streaming answers: events and captures. */
final class StreamOperations {
    private static final String EVENTS = "text/event-stream";
    private static final String PCAP = "application/vnd.tcpdump.pcap";
    private static final int MAX_SNAP_LENGTH = 65_535;
    private static final long MAX_PACKETS = Long.MAX_VALUE;

    /** How often an idle stream checks whether the peer is connected. */
    private static final long POLL_MS = 500;

    /** When a client that was cut off tries again. */
    private static final long RETRY_MS = 1_000;

    /** How often an idle event stream sends a keepalive comment, in polls. */
    private static final int POLLS_PER_KEEPALIVE = 20;

    /** Frames that may be queued for the peer; beyond that new ones are dropped. */
    private static final int MAX_QUEUED_FRAMES = 8_192;

    private final Node node;
    private final EventLog events;

    StreamOperations(Node node, EventLog events) {
        this.node = node;
        this.events = events;
    }

    List<Operation> operations() {
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
                                        + " If what followed is lost, an event of type events.gap comes first.")),
                Operation.get(
                                "/v1/captures",
                                "Frames as they pass, as a pcap file without end.",
                                Body.text(PCAP),
                                this::capture)
                        .only(Role.OPERATOR)
                        .with(
                                InterfacePaths.QUERY,
                                new Parameter(
                                        "drop", "string", "Only frames dropped for this reason, such as NO_ROUTE."),
                                new Parameter(
                                        "snapLength",
                                        "integer",
                                        "Bytes to keep of each frame, 1 to 65535; all when left out."),
                                new Parameter(
                                        "packets", "integer", "End after this many frames; never when left out.")));
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

    private void capture(Exchange exchange) throws Exception {
        int snapLength = (int) exchange.number("snapLength", 1, MAX_SNAP_LENGTH, MAX_SNAP_LENGTH);
        CaptureRequest request =
                new CaptureRequest(InterfacePaths.inQuery(exchange), exchange.query("drop"), snapLength);
        // Counted here: the node would count frames too that are lost on their way, in a full ring or in the queue
        // below.
        long packets = exchange.number("packets", 0, MAX_PACKETS, 0);
        if (exchange.isHead()) {
            exchange.head(PCAP);
            return;
        }
        BlockingQueue<CapturedFrame> frames = new ArrayBlockingQueue<>(MAX_QUEUED_FRAMES);
        // offer, not put: the thread that captures must not wait for a slow reader.
        Capture capture = node.capture(request, frames::offer);
        try (OutputStream out = exchange.stream(PCAP)) {
            PcapWriter writer = new PcapWriter(out);
            writer.begin(snapLength);
            writeFrames(exchange, packets == 0 ? MAX_PACKETS : packets, frames, writer);
        } finally {
            capture.close();
        }
    }

    private static void writeFrames(
            Exchange exchange, long packets, BlockingQueue<CapturedFrame> frames, PcapWriter writer) throws Exception {
        long left = packets;
        while (left > 0 && !exchange.isPeerClosed()) {
            for (CapturedFrame frame = frames.poll(POLL_MS, TimeUnit.MILLISECONDS);
                    frame != null;
                    frame = left == 0 ? null : frames.poll()) {
                writer.write(frame);
                left--;
            }
            writer.flush();
        }
    }
}
