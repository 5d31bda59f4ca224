package io.vireo.control.view;

import io.vireo.dataplane.wire.layout.DelayBuckets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classes of blue/r1/h1 on port p1: its own, and voice and bulk below it; counters by hand. */
public final class ExampleClasses {
    private static final CurveStatus SIXTY = new CurveStatus(60_000_000, 0, 60_000_000);
    private static final CurveStatus SHARE = new CurveStatus(1_000_000, 0, 1_000_000);
    private static final String FACE = "blue/r1/h1";

    private ExampleClasses() {}

    /** Counters that began {@code generation}, when voice has sent so many packets, and bulk so many wire bytes. */
    public static List<ClassStatus> after(long generation, int voicePackets, long voiceDelayNs, long bulkWireBytes) {
        long voiceWireBytes = 224L * voicePackets;
        int[] delays = new int[DelayBuckets.COUNT];
        delays[DelayBuckets.of(voiceDelayNs)] = voicePackets;
        return List.of(
                status("h1", null, SIXTY, generation, 0, voiceWireBytes + bulkWireBytes, 0, DelayStatus.NONE),
                status(
                        "voice",
                        FACE,
                        new CurveStatus(0, 3_400_000, 1_000_000),
                        generation,
                        voicePackets,
                        voiceWireBytes,
                        0,
                        DelayStatus.of(delays)),
                status("bulk", FACE, null, generation, 0, bulkWireBytes, 1_000, DelayStatus.NONE));
    }

    private static ClassStatus status(
            String name,
            @Nullable String parent,
            @Nullable CurveStatus realTime,
            long generation,
            long packets,
            long wireBytes,
            long queuedPackets,
            DelayStatus delays) {
        return new ClassStatus(
                parent == null ? FACE : parent + ":" + name,
                parent,
                name.length(),
                "p1",
                "blue",
                "r1",
                "h1",
                name,
                realTime,
                SHARE,
                parent == null ? new CurveStatus(80_000_000, 0, 80_000_000) : null,
                generation,
                packets,
                200 * packets,
                wireBytes,
                wireBytes / 2,
                packets / 10,
                queuedPackets,
                1_500 * queuedPackets,
                queuedPackets == 0
                        ? List.of()
                        : List.of(new DropCount(
                                "blue", "r1", "CLASS_PACKETS", "queue of the class full, packets", wireBytes / 1_000)),
                delays);
    }
}
