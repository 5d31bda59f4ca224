package io.vireo.dataplane.capture;

import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import java.lang.foreign.Arena;

/**
 * Copies the frames of one worker that open captures want, without VLAN tag and, of a virtual link, without its header. Single user: that
 * worker.
 *
 * <p>A capture of all frames sees each one where it comes in and where it goes out; a capture of a drop reason sees frames as
 * they were when they were dropped.
 */
public final class CaptureTap {
    private static final int NOT_DROPPED = -1;

    private final InterfaceTable interfaces;
    private final CaptureFilters filters;
    private final CaptureWriter writer;
    private final EpochClock clock;
    private final long shortened =
            Arena.global().allocate(FrameLimits.MAX_BYTES).address();
    private int open;
    private long epochNs;

    public CaptureTap(InterfaceTable interfaces, CaptureFilters filters, CaptureWriter writer, EpochClock clock) {
        this.interfaces = interfaces;
        this.filters = filters;
        this.writer = writer;
        this.clock = clock;
    }

    /** Looks which captures are open, once per round. */
    public void refresh(long nowNs) {
        open = filters.openSet();
        epochNs = clock.epochNs(nowNs);
    }

    /** Whether any capture is open: else the caller need not go through its packets. */
    public boolean isOpen() {
        return open != 0;
    }

    /** Shows every classified packet of a burst. */
    public void received(Burst burst) {
        for (int i = 0; i < burst.size; i++) {
            if (burst.ingress[i] >= 0) {
                passed(burst.mbufs.get(i), burst.ingress[i], Direction.RECEIVED);
            }
        }
    }

    /** Shows a packet about to leave. */
    public void sent(long mbuf, int interfaceId) {
        passed(mbuf, interfaceId, Direction.SENT);
    }

    private void passed(long mbuf, int interfaceId, Direction direction) {
        for (int left = open; left != 0; left &= left - 1) {
            int capture = Integer.numberOfTrailingZeros(left);
            if (filters.wants(capture, interfaceId)) {
                copy(capture, mbuf, interfaceId, direction, NOT_DROPPED);
            }
        }
    }

    /** Shows a packet about to be freed; interfaceId may be -1. */
    public void dropped(long mbuf, int interfaceId, int reason) {
        for (int left = open; left != 0; left &= left - 1) {
            int capture = Integer.numberOfTrailingZeros(left);
            if (filters.wantsDropped(capture, interfaceId, reason)) {
                copy(capture, mbuf, interfaceId, Direction.DROPPED, reason);
            }
        }
    }

    private void copy(int capture, long mbuf, int interfaceId, Direction direction, int reason) {
        long frame = Mbuf.dataAddress(mbuf);
        int length = Mbuf.dataLength(mbuf);
        int left = bytesToLeaveOut(frame, length, interfaceId);
        int bytes = length - left;
        int captured = Math.min(Math.min(bytes, filters.snapLength(capture)), FrameLimits.MAX_BYTES);
        long from = left > 0 ? without(frame, left, captured) : frame;
        writer.capture(capture, interfaceId, direction, reason, epochNs, bytes, from, captured);
    }

    /** What stands between the addresses of a frame and the ethertype of what it carries. */
    private int bytesToLeaveOut(long frame, int length, int interfaceId) {
        boolean isTagged =
                length >= Ethernet.TAGGED_HEADER_BYTES && Memory.getShort(frame + Ethernet.TYPE) == Ethernet.WIRE_VLAN;
        int tagBytes = isTagged ? Ethernet.TAG_BYTES : 0;
        int headerAt = Ethernet.HEADER_BYTES + tagBytes;
        boolean isOfVirtualLink = interfaceId >= 0
                && length > headerAt + SubstrateHeader.BYTES
                && Memory.getShort(frame + headerAt - Short.BYTES)
                        == interfaces.virtualLinks().etherType();
        return isOfVirtualLink ? headerAt + SubstrateHeader.PROTOCOL - Ethernet.TYPE : tagBytes;
    }

    private long without(long frame, int left, int bytes) {
        int addresses = Math.min(bytes, Ethernet.TYPE);
        Memory.copy(frame, shortened, addresses);
        Memory.copy(frame + addresses + left, shortened + addresses, bytes - addresses);
        return shortened;
    }
}
