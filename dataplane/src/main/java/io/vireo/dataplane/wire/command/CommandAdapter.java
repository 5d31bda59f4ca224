package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.DeadProducerGuard;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddClassDecoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.AddRouteDecoder;
import io.vireo.dataplane.wire.sbe.AddRouterDecoder;
import io.vireo.dataplane.wire.sbe.BarrierDecoder;
import io.vireo.dataplane.wire.sbe.DumpNeighboursDecoder;
import io.vireo.dataplane.wire.sbe.DumpRoutesDecoder;
import io.vireo.dataplane.wire.sbe.DumpSchedulingDecoder;
import io.vireo.dataplane.wire.sbe.RemoveClassDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.RemoveNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.RemovePortDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouteDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterDecoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginDecoder;
import io.vireo.dataplane.wire.sbe.ResyncEndDecoder;
import io.vireo.dataplane.wire.sbe.SetClassFilterDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateDecoder;
import io.vireo.dataplane.wire.sbe.SetPortRateDecoder;
import io.vireo.dataplane.wire.sbe.SetQuotaDecoder;
import io.vireo.dataplane.wire.sbe.StartCaptureDecoder;
import io.vireo.dataplane.wire.sbe.StopCaptureDecoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands from the ring and calls the {@link CommandHandler}. Single-threaded: the conductor. No allocation.
 *
 * <p>A message that is not well formed is counted and skipped, one with a field out of range is counted and told to
 * {@link CommandHandler#onInvalid}. An exception of the handler passes through {@link #poll}; its command is then done.
 */
public final class CommandAdapter {
    /** What a decoder answers when a message is not well formed; never a rule's text. */
    static final String MALFORMED = "malformed";

    private static final int CORRELATION_ID_OFFSET = BarrierDecoder.correlationIdEncodingOffset();
    private static final int NO_CORRELATION_ID = -1;

    private final RingBuffer ring;
    private final CommandHandler handler;
    private final MessageFrame frame = new MessageFrame();
    private final TopologyCommands topology;
    private final TableCommands tables;
    private final ServiceCommands services;
    private final ClassCommands classes;
    private final DeadProducerGuard guard;
    private final MessageHandler messageHandler = this::onMessage;
    private final AtomicCounter malformed;
    private final AtomicCounter invalid;

    /** Takes commands from a shared memory. */
    public CommandAdapter(SharedMemory memory, CommandHandler handler) {
        this.handler = handler;
        ring = memory.commandRing();
        var rules = new CommandRules(memory.limits());
        topology = new TopologyCommands(frame, rules, handler);
        tables = new TableCommands(frame, rules, handler);
        services = new ServiceCommands(frame, rules, handler);
        classes = new ClassCommands(frame, new ClassRules(memory.limits(), rules), handler);
        SystemCounters counters = memory.systemCounters();
        guard = new DeadProducerGuard(ring, counters.get(SystemCounter.COMMAND_CLAIMS_UNBLOCKED));
        malformed = counters.get(SystemCounter.COMMANDS_MALFORMED);
        invalid = counters.get(SystemCounter.COMMANDS_INVALID);
    }

    /**
     * Carries out what has arrived.
     *
     * @param nowNs {@link System#nanoTime}
     * @param messageLimit most commands to carry out
     * @return how many were taken; 0 may also mean that only the padding at the ring's end was passed
     */
    public int poll(long nowNs, int messageLimit) {
        int taken = ring.read(messageHandler, messageLimit);
        if (taken == 0) {
            guard.onIdle(nowNs);
        }
        return taken;
    }

    public void onMessage(int recordType, MutableDirectBuffer buffer, int offset, int length) {
        String wrong = frame.open(recordType, buffer, offset, length) ? dispatch(buffer) : MALFORMED;
        if (wrong == null) {
            return;
        }
        boolean isWellFormed = !wrong.equals(MALFORMED);
        long correlationId = isWellFormed ? correlationId(buffer) : NO_CORRELATION_ID;
        if (correlationId == NO_CORRELATION_ID) {
            malformed.incrementOpaque();
        } else {
            invalid.incrementOpaque();
            handler.onInvalid(correlationId, wrong);
        }
    }

    private long correlationId(MutableDirectBuffer buffer) {
        return buffer.getLong(frame.body() + CORRELATION_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    private @Nullable String dispatch(MutableDirectBuffer buffer) {
        return switch (frame.templateId()) {
            case AddRouteDecoder.TEMPLATE_ID -> tables.addRoute(buffer);
            case RemoveRouteDecoder.TEMPLATE_ID -> tables.removeRoute(buffer);
            case AddNeighbourDecoder.TEMPLATE_ID -> tables.addNeighbour(buffer);
            case RemoveNeighbourDecoder.TEMPLATE_ID -> tables.removeNeighbour(buffer);
            case DumpRoutesDecoder.TEMPLATE_ID -> tables.dumpRoutes(buffer);
            case DumpNeighboursDecoder.TEMPLATE_ID -> tables.dumpNeighbours(buffer);
            case AddPortDecoder.TEMPLATE_ID -> topology.addPort(buffer);
            case RemovePortDecoder.TEMPLATE_ID -> topology.removePort(buffer);
            case AddRouterDecoder.TEMPLATE_ID -> topology.addRouter(buffer);
            case RemoveRouterDecoder.TEMPLATE_ID -> topology.removeRouter(buffer);
            case AddInterfaceDecoder.TEMPLATE_ID -> topology.addInterface(buffer);
            case RemoveInterfaceDecoder.TEMPLATE_ID -> topology.removeInterface(buffer);
            case SetInterfaceStateDecoder.TEMPLATE_ID -> topology.setInterfaceState(buffer);
            case ResyncBeginDecoder.TEMPLATE_ID -> services.resyncBegin(buffer);
            case ResyncEndDecoder.TEMPLATE_ID -> services.resyncEnd(buffer);
            case StartCaptureDecoder.TEMPLATE_ID -> services.startCapture(buffer);
            case StopCaptureDecoder.TEMPLATE_ID -> services.stopCapture(buffer);
            case AddClassDecoder.TEMPLATE_ID -> classes.addClass(buffer);
            case RemoveClassDecoder.TEMPLATE_ID -> classes.removeClass(buffer);
            case SetClassFilterDecoder.TEMPLATE_ID -> classes.setClassFilter(buffer);
            case SetPortRateDecoder.TEMPLATE_ID -> classes.setPortRate(buffer);
            case SetQuotaDecoder.TEMPLATE_ID -> classes.setQuota(buffer);
            case DumpSchedulingDecoder.TEMPLATE_ID -> classes.dumpScheduling(buffer);
            case BarrierDecoder.TEMPLATE_ID -> services.barrier(buffer);
            default -> MALFORMED;
        };
    }
}
