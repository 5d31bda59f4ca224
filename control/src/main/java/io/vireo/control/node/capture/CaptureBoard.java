package io.vireo.control.node.capture;

import io.vireo.control.view.CapturedFrame;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.frame.CaptureHandler;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** The captures that run. Any thread opens and closes; the pump's thread delivers. */
public final class CaptureBoard implements CaptureHandler {
    private final Map<Integer, Running> running = new ConcurrentHashMap<>();

    /** What the data plane is asked for, and who gets it. */
    public record Running(int interfaceId, int dropReason, int snapLength, Consumer<CapturedFrame> consumer) {}

    /** Takes a free id, or none when all are taken. */
    public OptionalInt open(Running capture) {
        for (int id = 0; id < SharedLayout.MAX_CAPTURES; id++) {
            if (running.putIfAbsent(id, capture) == null) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    public void close(int captureId) {
        running.remove(captureId);
    }

    public void forEach(BiConsumer<Integer, Running> consumer) {
        running.forEach(consumer);
    }

    @Override
    public void onCaptured(
            int captureId,
            int interfaceId,
            Direction direction,
            int dropReason,
            long timestampNs,
            int originalLength,
            DirectBuffer frame,
            int offset,
            int length) {
        Running capture = running.get(captureId);
        if (capture == null) {
            return;
        }
        byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        DropReason reason = DropReason.ofCode(dropReason);
        capture.consumer()
                .accept(new CapturedFrame(
                        interfaceId,
                        direction.name().toLowerCase(Locale.ROOT),
                        reason == null ? "" : reason.name(),
                        timestampNs,
                        originalLength,
                        bytes));
    }
}
