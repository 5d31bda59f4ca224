package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.DeadProducerGuard;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.BarrierDecoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands from the ring and calls the {@link CommandHandlers}. Single-threaded: the conductor. No allocation.
 *
 * <p>A message that is not well formed is counted and skipped, one with a field out of range is counted and reported to
 * the {@link InvalidCommandHandler}. An exception of a handler passes through {@link #poll}; its command is then done.
 */
public final class CommandAdapter {
    private static final int CORRELATION_ID_OFFSET = BarrierDecoder.correlationIdEncodingOffset();
    private static final int NO_CORRELATION_ID = -1;

    private final RingBuffer ring;
    private final InvalidCommandHandler handler;
    private final MessageFrame frame = new MessageFrame();
    private final CommandDecoders decoders = new CommandDecoders();
    private final DeadProducerGuard guard;
    private final MessageHandler messageHandler = this::onMessage;
    private final AtomicCounter malformed;
    private final AtomicCounter invalid;

    /** Takes commands from a shared memory. */
    public CommandAdapter(SharedMemory memory, CommandHandlers handlers) {
        handler = handlers.invalid();
        ring = memory.commandRing();
        var rules = new CommandRules(memory.limits());
        new TopologyCommandDecoder(frame, rules, handlers).addTo(decoders);
        new InterfaceCommandDecoder(frame, rules, handlers.interfaces()).addTo(decoders);
        new EmulationCommandDecoder(frame, rules, handlers.emulations()).addTo(decoders);
        new MemberCommandDecoder(frame, rules, handlers.members()).addTo(decoders);
        new TableCommandDecoder(frame, rules, handlers).addTo(decoders);
        new LabelCommandDecoder(frame, new LabelRules(rules), handlers).addTo(decoders);
        new ServiceCommandDecoder(frame, rules, handlers).addTo(decoders);
        new ClassCommandDecoder(frame, new ClassRules(memory.limits(), rules), handlers).addTo(decoders);
        new KeyCommandDecoder(frame, new KeyRules(rules), handlers).addTo(decoders);
        SystemCounters counters = memory.systemCounters();
        guard = new DeadProducerGuard(ring, counters.get(SystemCounter.COMMAND_CLAIMS_UNBLOCKED));
        malformed = counters.get(SystemCounter.COMMANDS_MALFORMED);
        invalid = counters.get(SystemCounter.COMMANDS_INVALID);
    }

    /**
     * Carries out what has arrived.
     *
     * @param nowNs {@link System#nanoTime}
     * @param messageLimit maximum commands to carry out
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
        String wrong = frame.open(recordType, buffer, offset, length) ? dispatch() : CommandDecoder.MALFORMED;
        if (wrong == null) {
            return;
        }
        boolean isWellFormed = !wrong.equals(CommandDecoder.MALFORMED);
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

    private @Nullable String dispatch() {
        CommandDecoder decoder = decoders.get(frame.templateId());
        return decoder == null ? CommandDecoder.MALFORMED : decoder.decode();
    }
}
