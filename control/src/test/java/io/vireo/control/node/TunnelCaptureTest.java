package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.view.Capture;
import io.vireo.control.view.CaptureRequest;
import io.vireo.control.view.CapturedFrame;
import io.vireo.control.view.InterfacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Captures at both sides of an ESP tunnel: at its own interface the packets inside, at the underlay's what is around them. */
@Tag("slow")
class TunnelCaptureTest extends TunnelLab {
    private static final String MARK = "ZZZZZZZZZZZZZZZZ";

    @Test
    void shouldCaptureThePacketsInsideAndWhatIsAroundThem() throws Exception {
        a.apply("e4");
        b.apply("e4");
        keyExchange(0, new ArrayList<>()).round(System.nanoTime());
        waitUntil(() -> reaches("10.0.2.2"));

        List<CapturedFrame> inside = new CopyOnWriteArrayList<>();
        List<CapturedFrame> outside = new CopyOnWriteArrayList<>();
        try (Capture _ = capture("blue", "e4", inside);
                Capture _ = capture("core", "wan1", outside)) {
            assertThat(host1.run("ping -c 5 -l 5 -i 1 -W 2 -p 5a 10.0.2.2")).contains(" 0% packet loss");
            waitUntil(() -> readable(inside) >= 10 && count(outside, "esp") >= 10);
        }
        assertThat(inside.stream().map(CapturedFrame::direction)).contains("sent", "received");
        assertThat(fields(inside, "icmp", "-e ip.src -e ip.dst -e icmp.type").distinct())
                .containsExactlyInAnyOrder("10.0.1.2\t10.0.2.2\t8", "10.0.2.2\t10.0.1.2\t0");
        assertThat(fields(outside, "ip&&esp", "-e ip.src -e ip.dst").distinct())
                .containsExactlyInAnyOrder("203.0.113.1\t203.0.113.2", "203.0.113.2\t203.0.113.1");
        assertThat(readable(outside)).isZero();
    }

    private Capture capture(String vpn, String interfaceName, List<CapturedFrame> frames) {
        CaptureRequest request = new CaptureRequest(new InterfacePath(vpn, "r1", interfaceName), null, 256);
        return a.service().capture(request, frames::add);
    }

    private static long readable(List<CapturedFrame> frames) {
        return frames.stream()
                .filter(frame -> new String(frame.frame(), StandardCharsets.ISO_8859_1).contains(MARK))
                .count();
    }

    private long count(List<CapturedFrame> frames, String filter) {
        try {
            return fields(frames, filter, "-e frame.number").count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tshark reads in the frames that match. */
    private Stream<String> fields(List<CapturedFrame> frames, String filter, String fields) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(24 + frames.size() * (16 + 256));
        file.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
        file.putInt(65_535).putInt(1); // Ethernet
        for (CapturedFrame frame : frames) {
            int bytes = Math.min(256, frame.frame().length);
            file.putLong(0).putInt(bytes).putInt(frame.originalLength()).put(frame.frame(), 0, bytes);
        }
        byte[] content = new byte[file.position()];
        file.flip().get(content);
        Files.write(capture("captured"), content);
        return Shell.run("tshark -r " + capture("captured") + " -Y " + filter + " -T fields " + fields)
                .lines()
                .filter(line -> !line.startsWith("Running as user")); // what tshark says to root
    }
}
