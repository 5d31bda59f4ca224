package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.Rings;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.ClassEntryDecoder;
import io.vireo.dataplane.wire.sbe.CommandResultDecoder;
import io.vireo.dataplane.wire.sbe.DumpEndDecoder;
import io.vireo.dataplane.wire.sbe.FilterEntryDecoder;
import io.vireo.dataplane.wire.sbe.LabelStateDecoder;
import io.vireo.dataplane.wire.sbe.NeighbourEntryDecoder;
import io.vireo.dataplane.wire.sbe.PortStateDecoder;
import io.vireo.dataplane.wire.sbe.QuotaEntryDecoder;
import io.vireo.dataplane.wire.sbe.RateEntryDecoder;
import io.vireo.dataplane.wire.sbe.RouteEntryDecoder;
import io.vireo.dataplane.wire.sbe.SecurityAssociationEntryDecoder;
import io.vireo.dataplane.wire.sbe.SweepDoneDecoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes events from the ring and calls the {@link EventHandler}. Single consumer: one thread of control. No allocation.
 * A message that is not well formed, or has a code we do not know, is counted and skipped.
 *
 * <p>A control that dies in the middle of {@link #poll} has not moved the ring's head: its successor sees the same
 * events once more.
 */
public final class EventAdapter {
    private final RingBuffer ring;
    private final EventHandler handler;
    private final AtomicCounter malformed;
    private final MessageFrame frame = new MessageFrame();
    private final CommandResultDecoder commandResult = new CommandResultDecoder();
    private final PortStateDecoder portState = new PortStateDecoder();
    private final RouteEntryDecoder routeEntry = new RouteEntryDecoder();
    private final NeighbourEntryDecoder neighbourEntry = new NeighbourEntryDecoder();
    private final RateEntryDecoder rateEntry = new RateEntryDecoder();
    private final QuotaEntryDecoder quotaEntry = new QuotaEntryDecoder();
    private final ClassEntryDecoder classEntry = new ClassEntryDecoder();
    private final FilterEntryDecoder filterEntry = new FilterEntryDecoder();
    private final SecurityAssociationEntryDecoder associationEntry = new SecurityAssociationEntryDecoder();
    private final SecurityAssociationState associationState = new SecurityAssociationState();
    private final LabelStateDecoder labelState = new LabelStateDecoder();
    private final LabelSpec label = new LabelSpec();
    private final DumpEndDecoder dumpEnd = new DumpEndDecoder();
    private final SweepDoneDecoder sweepDone = new SweepDoneDecoder();
    private final TextView text = new TextView();
    private final NextHops nextHops = new NextHops();
    private final MessageHandler messageHandler = this::onMessage;

    /** Takes events from a shared memory. */
    public EventAdapter(SharedMemory memory, EventHandler handler) {
        ring = memory.eventRing();
        this.handler = handler;
        malformed = memory.systemCounters().get(SystemCounter.EVENTS_MALFORMED);
    }

    /** Hands over what has arrived, at most {@code messageLimit} events; returns how many were taken. */
    public int poll(int messageLimit) {
        return ring.read(messageHandler, messageLimit);
    }

    /** Throws away what was meant for an earlier control; returns how many events. */
    public int discard() {
        return Rings.discard(ring);
    }

    public void onMessage(int recordType, MutableDirectBuffer buffer, int offset, int length) {
        if (!frame.open(recordType, buffer, offset, length) || !dispatch(buffer)) {
            malformed.incrementOpaque();
        }
    }

    private boolean dispatch(MutableDirectBuffer buffer) {
        return switch (frame.templateId()) {
            case CommandResultDecoder.TEMPLATE_ID -> onCommandResult(buffer);
            case PortStateDecoder.TEMPLATE_ID -> onPortState(buffer);
            case RouteEntryDecoder.TEMPLATE_ID -> onRouteEntry(buffer);
            case NeighbourEntryDecoder.TEMPLATE_ID -> onNeighbourEntry(buffer);
            case RateEntryDecoder.TEMPLATE_ID -> onRateEntry(buffer);
            case QuotaEntryDecoder.TEMPLATE_ID -> onQuotaEntry(buffer);
            case ClassEntryDecoder.TEMPLATE_ID -> onClassEntry(buffer);
            case FilterEntryDecoder.TEMPLATE_ID -> onFilterEntry(buffer);
            case SecurityAssociationEntryDecoder.TEMPLATE_ID -> onAssociationEntry(buffer);
            case LabelStateDecoder.TEMPLATE_ID -> onLabelState(buffer);
            case DumpEndDecoder.TEMPLATE_ID -> onDumpEnd(buffer);
            case SweepDoneDecoder.TEMPLATE_ID -> onSweepDone(buffer);
            default -> false;
        };
    }

    private boolean onCommandResult(MutableDirectBuffer buffer) {
        CommandResultDecoder m = commandResult;
        if (!frame.hasBlock(CommandResultDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        m.wrapText(text.bytes());
        CommandResult code = CommandResult.ofCode(m.codeRaw());
        if (code != null) {
            handler.onCommandResult(m.correlationId(), code, text.text());
        }
        return code != null;
    }

    private boolean onPortState(MutableDirectBuffer buffer) {
        PortStateDecoder m = portState;
        if (!frame.hasBlock(PortStateDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        m.wrapName(text.bytes());
        PortState state = PortState.ofCode(m.stateRaw());
        if (state != null) {
            handler.onPortState(m.correlationId(), m.portId(), state, m.mac(), m.speedMbps(), text.text());
        }
        return state != null;
    }

    private boolean onRouteEntry(MutableDirectBuffer buffer) {
        RouteEntryDecoder m = routeEntry;
        if (!frame.hasBlock(RouteEntryDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(RouteEntryDecoder.NextHopsDecoder.sbeBlockLength(), NextHops.MAX)
                || !hasLabels()) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        RouteKind kind = RouteKind.ofCode(m.kindRaw());
        if (family == null || kind == null || !RouteHops.decode(m, nextHops)) {
            return false;
        }
        handler.onRouteEntry(
                m.correlationId(),
                m.routerId(),
                family,
                m.prefixHigh(),
                m.prefixLow(),
                m.prefixLength(),
                kind,
                nextHops);
        return true;
    }

    /** An older data plane sends none. */
    private boolean hasLabels() {
        return frame.version() < RouteEntryDecoder.labelsDecoderSinceVersion()
                || frame.hasGroup(RouteEntryDecoder.LabelsDecoder.sbeBlockLength(), NextHops.MAX_TOTAL_LABELS);
    }

    private boolean onNeighbourEntry(MutableDirectBuffer buffer) {
        NeighbourEntryDecoder m = neighbourEntry;
        if (!frame.hasBlock(NeighbourEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        if (family != null) {
            handler.onNeighbourEntry(
                    m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow(), m.mac());
        }
        return family != null;
    }

    private boolean onRateEntry(MutableDirectBuffer buffer) {
        RateEntryDecoder m = rateEntry;
        if (!frame.hasBlock(RateEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onRateEntry(m.correlationId(), m.portId(), m.rateBitsPerSecond(), m.overheadBytes());
        return true;
    }

    private boolean onQuotaEntry(MutableDirectBuffer buffer) {
        QuotaEntryDecoder m = quotaEntry;
        if (!frame.hasBlock(QuotaEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onQuotaEntry(m.correlationId(), m.quotaId(), m.packets(), m.bytes());
        return true;
    }

    private boolean onAssociationEntry(MutableDirectBuffer buffer) {
        SecurityAssociationEntryDecoder m = associationEntry;
        if (!frame.hasBlock(SecurityAssociationEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AssociationEntry.decode(m, associationState);
        handler.onAssociationEntry(m.correlationId(), associationState);
        return true;
    }

    private boolean onLabelState(MutableDirectBuffer buffer) {
        LabelStateDecoder m = labelState;
        if (!frame.hasBlock(LabelStateDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(LabelStateDecoder.NextHopsDecoder.sbeBlockLength(), NextHops.MAX)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        LabelStateEntry.decode(m, label, nextHops);
        handler.onLabelState(m.correlationId(), label, nextHops, m.packets(), m.bytes());
        return true;
    }

    private boolean onClassEntry(MutableDirectBuffer buffer) {
        ClassEntryDecoder m = classEntry;
        if (!frame.hasBlock(ClassEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onClassEntry(
                m.correlationId(), m.classId(), m.parentClassId(), m.portId(), m.interfaceId(), m.digest());
        return true;
    }

    private boolean onFilterEntry(MutableDirectBuffer buffer) {
        FilterEntryDecoder m = filterEntry;
        if (!frame.hasBlock(FilterEntryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onFilterEntry(m.correlationId(), m.interfaceId(), m.defaultClassId(), m.digest());
        return true;
    }

    private boolean onDumpEnd(MutableDirectBuffer buffer) {
        DumpEndDecoder m = dumpEnd;
        if (!frame.hasBlock(DumpEndDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onDumpEnd(m.correlationId(), m.entries());
        return true;
    }

    private boolean onSweepDone(MutableDirectBuffer buffer) {
        SweepDoneDecoder m = sweepDone;
        if (!frame.hasBlock(SweepDoneDecoder.BLOCK_LENGTH)) {
            return false;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onSweepDone(
                m.correlationId(), m.epoch(), m.routes(), m.neighbours(), m.interfaces(), m.routers(), m.ports());
        return true;
    }
}
