package io.vireo.dataplane;

import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.frame.CaptureHandler;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;

/** Notes every captured frame, for tests to look at. */
public final class RecordedCaptures implements CaptureHandler {
    /** One captured frame, its octets in hexadecimal: arrays are no values. */
    public record Captured(
            int captureId, int interfaceId, Direction direction, int dropReason, int originalLength, String hex) {
        public byte[] frame() {
            return HexFormat.of().parseHex(hex);
        }
    }

    public final List<Captured> all = new ArrayList<>();

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
        byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        all.add(new Captured(
                captureId,
                interfaceId,
                direction,
                dropReason,
                originalLength,
                HexFormat.of().formatHex(copy)));
    }
}
