package io.vireo.dataplane.wire.event;

import static io.vireo.dataplane.wire.ring.MessageFrame.HEADER_LENGTH;
import static io.vireo.dataplane.wire.ring.MessageFrame.LENGTH_PREFIX;
import static io.vireo.dataplane.wire.ring.MessageFrame.RECORD_TYPE;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.ClassEntryEncoder;
import io.vireo.dataplane.wire.sbe.CommandResultEncoder;
import io.vireo.dataplane.wire.sbe.DumpEndEncoder;
import io.vireo.dataplane.wire.sbe.FilterEntryEncoder;
import io.vireo.dataplane.wire.sbe.LabelStateEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.NeighbourEntryEncoder;
import io.vireo.dataplane.wire.sbe.PortStateCode;
import io.vireo.dataplane.wire.sbe.PortStateEncoder;
import io.vireo.dataplane.wire.sbe.QuotaEntryEncoder;
import io.vireo.dataplane.wire.sbe.RateEntryEncoder;
import io.vireo.dataplane.wire.sbe.RouteEntryEncoder;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.sbe.SecurityAssociationEntryEncoder;
import io.vireo.dataplane.wire.sbe.SweepDoneEncoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Control as the conductor sees it: one method per event. Single producer: the conductor. No allocation.
 *
 * <p>Each method returns false when the ring is full; the event is then dropped and counted
 * ({@link SystemCounter#EVENTS_DROPPED}): the conductor never waits for control. Whoever can wait, as a dump in steps
 * can, asks {@link #hasRoom} before.
 */
public final class EventProxy {
    /** Longest text of a {@link #commandResult}; a longer one is cut. */
    public static final int MAX_TEXT = 511;

    /** No event takes more of the ring: a route with all its next hops and labels, and the headers of message and record. */
    private static final int MAX_EVENT_BYTES = RouteHops.MAX_BYTES + 64;

    private final RingBuffer ring;
    private final MutableDirectBuffer buffer;
    private final AtomicCounter dropped;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandResultEncoder commandResult = new CommandResultEncoder();
    private final PortStateEncoder portState = new PortStateEncoder();
    private final RouteEntryEncoder routeEntry = new RouteEntryEncoder();
    private final NeighbourEntryEncoder neighbourEntry = new NeighbourEntryEncoder();
    private final RateEntryEncoder rateEntry = new RateEntryEncoder();
    private final QuotaEntryEncoder quotaEntry = new QuotaEntryEncoder();
    private final ClassEntryEncoder classEntry = new ClassEntryEncoder();
    private final FilterEntryEncoder filterEntry = new FilterEntryEncoder();
    private final SecurityAssociationEntryEncoder associationEntry = new SecurityAssociationEntryEncoder();
    private final LabelStateEncoder labelState = new LabelStateEncoder();
    private final DumpEndEncoder dumpEnd = new DumpEndEncoder();
    private final SweepDoneEncoder sweepDone = new SweepDoneEncoder();

    /** Speaks to the control that maps a shared memory. */
    public EventProxy(SharedMemory memory) {
        ring = memory.eventRing();
        buffer = ring.buffer();
        dropped = memory.systemCounters().get(SystemCounter.EVENTS_DROPPED);
    }

    /**
     * Returns whether so many events will certainly find room. Twice the bytes are asked for, because a record that does
     * not fit at the end of the ring begins again at its start.
     */
    public boolean hasRoom(int events) {
        return ring.capacity() - ring.size() >= 2 * (events + 1) * MAX_EVENT_BYTES;
    }

    /** A command was refused, or a barrier was reached. */
    public boolean commandResult(long correlationId, CommandResult code, CharSequence text) {
        int length = Math.min(text.length(), MAX_TEXT);
        int index = tryClaim(CommandResultEncoder.BLOCK_LENGTH + LENGTH_PREFIX + length);
        if (index < 0) {
            return false;
        }
        commandResult
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .code(io.vireo.dataplane.wire.sbe.ResultCode.get((short) code.code()));
        int textIndex = commandResult.limit(); // the generated text(..) cannot cut without a copy
        buffer.putShort(textIndex, (short) length, ByteOrder.LITTLE_ENDIAN);
        buffer.putStringWithoutLengthAscii(textIndex + LENGTH_PREFIX, text, 0, length);
        return commit(index);
    }

    /** A port came, went, or changed its link; correlationId -1 when nobody asked. */
    public boolean portState(
            long correlationId, int portId, PortState state, long mac, int speedMbps, CharSequence name) {
        int index = tryClaim(PortStateEncoder.BLOCK_LENGTH + LENGTH_PREFIX + name.length());
        if (index < 0) {
            return false;
        }
        portState
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .mac(mac)
                .speedMbps(speedMbps)
                .portId(portId)
                .state(PortStateCode.get((short) state.code()))
                .name(name);
        return commit(index);
    }

    /** One route, in answer to DumpRoutes. */
    public boolean routeEntry(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        int index = tryClaim(RouteHops.bytes(nextHops));
        if (index < 0) {
            return false;
        }
        routeEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .prefixHigh(prefixHigh)
                .prefixLow(prefixLow)
                .routerId(routerId)
                .prefixLength((short) prefixLength)
                .family(code(family))
                .kind(RouteKindCode.get((short) kind.code()));
        RouteHops.encode(routeEntry, nextHops);
        return commit(index);
    }

    /** One neighbour, in answer to DumpNeighbours. */
    public boolean neighbourEntry(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        int index = tryClaim(NeighbourEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        neighbourEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .mac(mac)
                .interfaceId(interfaceId)
                .family(code(family));
        return commit(index);
    }

    /** The rate of one port that is shaped, in answer to DumpScheduling. */
    public boolean rateEntry(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        int index = tryClaim(RateEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        rateEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .rateBitsPerSecond(rateBitsPerSecond)
                .portId(portId)
                .overheadBytes(overheadBytes);
        return commit(index);
    }

    /** One quota, in answer to DumpScheduling. */
    public boolean quotaEntry(long correlationId, int quotaId, int packets, long bytes) {
        int index = tryClaim(QuotaEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        quotaEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .bytes(bytes)
                .quotaId(quotaId)
                .packets(packets);
        return commit(index);
    }

    /** One security association, in answer to DumpSecurityAssociations. */
    public boolean associationEntry(long correlationId, SecurityAssociationState state) {
        int index = tryClaim(SecurityAssociationEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        associationEntry.wrapAndApplyHeader(buffer, index, header).correlationId(correlationId);
        AssociationEntry.encode(associationEntry, state);
        return commit(index);
    }

    /** One label, in answer to DumpLabels. */
    public boolean labelState(long correlationId, LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        int index = tryClaim(LabelStateEntry.bytes(nextHops));
        if (index < 0) {
            return false;
        }
        labelState.wrapAndApplyHeader(buffer, index, header).correlationId(correlationId);
        LabelStateEntry.encode(labelState, spec, nextHops, packets, bytes);
        return commit(index);
    }

    /** One class, in answer to DumpScheduling; the digest as {@link SchedulingDigest} has it. */
    public boolean classEntry(
            long correlationId, int classId, int parentClassId, int portId, int interfaceId, long digest) {
        int index = tryClaim(ClassEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        classEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .digest(digest)
                .classId(classId)
                .parentClassId(parentClassId)
                .interfaceId(interfaceId)
                .portId(portId);
        return commit(index);
    }

    /** The class filter of one interface, in answer to DumpScheduling. */
    public boolean filterEntry(long correlationId, int interfaceId, int defaultClassId, long digest) {
        int index = tryClaim(FilterEntryEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        filterEntry
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .digest(digest)
                .interfaceId(interfaceId)
                .defaultClassId(defaultClassId);
        return commit(index);
    }

    /** A dump is complete. */
    public boolean dumpEnd(long correlationId, long entries) {
        int index = tryClaim(DumpEndEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        dumpEnd.wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .entries(entries);
        return commit(index);
    }

    /** A resynchronisation is complete; how much was old and has been removed. */
    public boolean sweepDone(
            long correlationId, long epoch, int routes, int neighbours, int interfaces, int routers, int ports) {
        int index = tryClaim(SweepDoneEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        sweepDone
                .wrapAndApplyHeader(buffer, index, header)
                .correlationId(correlationId)
                .epoch(epoch)
                .routes(routes)
                .neighbours(neighbours)
                .interfaces(interfaces)
                .routers(routers)
                .ports(ports);
        return commit(index);
    }

    private int tryClaim(int bodyLength) {
        int index = ring.tryClaim(RECORD_TYPE, HEADER_LENGTH + bodyLength);
        if (index < 0) {
            dropped.incrementOpaque();
        }
        return index;
    }

    private boolean commit(int index) {
        ring.commit(index);
        return true;
    }

    private static AddressFamilyCode code(AddressFamily family) {
        return AddressFamilyCode.get((short) family.code());
    }
}
