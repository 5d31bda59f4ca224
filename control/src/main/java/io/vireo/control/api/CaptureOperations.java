package io.vireo.control.api;

import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;
import io.vireo.control.http.Role;
import io.vireo.control.view.Capture;
import io.vireo.control.view.CaptureRequest;
import io.vireo.control.view.CapturedFrame;
import io.vireo.control.view.Node;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Captures: frames as they pass, streamed. */
final class CaptureOperations {
    private static final String PCAP = "application/vnd.tcpdump.pcap";
    private static final int MAX_SNAP_LENGTH = 65_535;
    private static final long MAX_PACKETS = Long.MAX_VALUE;

    /** How often an idle stream checks whether the peer is connected. */
    private static final long POLL_MS = 500;

    /** Frames that may be queued for the peer; beyond that new ones are dropped. */
    private static final int MAX_QUEUED_FRAMES = 8_192;

    private final Node node;

    CaptureOperations(Node node) {
        this.node = node;
    }

    List<Operation> operations() {
        return List.of(Operation.get(
                        "/v1/captures",
                        "Frames as they pass, as a pcap file without end.",
                        Body.text(PCAP),
                        this::capture)
                .only(Role.OPERATOR)
                .with(
                        InterfacePaths.QUERY,
                        new Parameter("drop", "string", "Only frames dropped for this reason, such as NO_ROUTE."),
                        new Parameter(
                                "snapLength", "integer", "Bytes to keep of each frame, 1 to 65535; all when left out."),
                        new Parameter("packets", "integer", "End after this many frames; never when left out.")));
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
