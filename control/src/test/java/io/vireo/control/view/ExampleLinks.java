package io.vireo.control.view;

import io.vireo.control.view.LinkStatus.State;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Virtual links of blue/r1: an ESP tunnel without a key, and a link to blue/r2 of 8 Mbit/s. */
public final class ExampleLinks {
    public static final LinkStatus ESP = esp(0, 0);
    public static final LinkStatus INNER = inner(0, 0);

    private ExampleLinks() {}

    /** The tunnel when it has sent so many packets of 100 bytes, and its class of port p1 so many bytes. */
    public static LinkStatus esp(long sentPackets, long classWireBytes) {
        return link(
                "t1",
                new String[] {"esp", "base/core", "10.9.0.1", "10.9.0.2"},
                1_446,
                State.WAITING,
                "it has no key to send by",
                "p1",
                20_000_000,
                sentPackets,
                classWireBytes);
    }

    /** The link when it has sent so many packets of 100 bytes, and as many were dropped as said. */
    public static LinkStatus inner(long sentPackets, long droppedPackets) {
        LinkStatus link = link(
                "to-r2",
                new String[] {"link", "", "", "blue/r2/to-r1"},
                1_500,
                State.UP,
                "",
                null,
                8_000_000,
                sentPackets,
                0);
        TrafficCounts counts = new TrafficCounts(
                0, 2 * sentPackets, 200 * sentPackets, sentPackets, 100 * sentPackets, droppedPackets, 0, 0);
        return new LinkStatus(
                link.path(),
                link.kind(),
                link.underlay(),
                link.local(),
                link.remote(),
                link.description(),
                link.mtu(),
                link.state(),
                link.reason(),
                link.since(),
                null,
                link.guaranteedBitsPerSecond(),
                null,
                "rate 8Mbit",
                counts,
                0,
                0,
                0,
                DelayStatus.NONE);
    }

    private static LinkStatus link(
            String name,
            String[] ends,
            int mtu,
            State state,
            String reason,
            @Nullable String port,
            long guaranteed,
            long sentPackets,
            long classWireBytes) {
        return new LinkStatus(
                "blue/r1/" + name,
                ends[0],
                ends[1],
                ends[2],
                ends[3],
                ends[0],
                mtu,
                state,
                reason,
                Instant.parse("2026-11-30T08:00:00.250Z"),
                port,
                guaranteed,
                new KeepaliveStatus("10.0.0.2", KeepaliveStatus.State.UP, 40, 1, 1_500_000),
                "",
                new TrafficCounts(0, 0, 0, sentPackets, 100 * sentPackets, 0, 0, 0),
                classWireBytes,
                3,
                5,
                DelayStatus.NONE);
    }
}
