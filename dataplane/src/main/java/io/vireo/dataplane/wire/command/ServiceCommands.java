package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandAdapter.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.BarrierDecoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginDecoder;
import io.vireo.dataplane.wire.sbe.ResyncEndDecoder;
import io.vireo.dataplane.wire.sbe.StartCaptureDecoder;
import io.vireo.dataplane.wire.sbe.StopCaptureDecoder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about resynchronisation, captures and barriers. Each method returns null when the handler was
 * called, else what is wrong. Part of {@link CommandAdapter}.
 */
final class ServiceCommands {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final CommandHandler handler;
    private final ResyncBeginDecoder resyncBegin = new ResyncBeginDecoder();
    private final ResyncEndDecoder resyncEnd = new ResyncEndDecoder();
    private final StartCaptureDecoder startCapture = new StartCaptureDecoder();
    private final StopCaptureDecoder stopCapture = new StopCaptureDecoder();
    private final BarrierDecoder barrier = new BarrierDecoder();

    ServiceCommands(MessageFrame frame, CommandRules rules, CommandHandler handler) {
        this.frame = frame;
        this.rules = rules;
        this.handler = handler;
    }

    @Nullable
    String resyncBegin(DirectBuffer buffer) {
        ResyncBeginDecoder m = resyncBegin;
        if (!frame.hasBlock(ResyncBeginDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.resync(m.epoch());
        if (wrong == null) {
            handler.onResyncBegin(m.correlationId(), m.epoch());
        }
        return wrong;
    }

    @Nullable
    String resyncEnd(DirectBuffer buffer) {
        ResyncEndDecoder m = resyncEnd;
        if (!frame.hasBlock(ResyncEndDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.resync(m.epoch());
        if (wrong == null) {
            handler.onResyncEnd(m.correlationId(), m.epoch());
        }
        return wrong;
    }

    @Nullable
    String startCapture(DirectBuffer buffer) {
        StartCaptureDecoder m = startCapture;
        if (!frame.hasBlock(StartCaptureDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong =
                rules.startCapture(m.captureId(), m.interfaceId(), m.dropReason(), m.snapLength(), m.packetLimit());
        if (wrong == null) {
            handler.onStartCapture(
                    m.correlationId(), m.captureId(), m.interfaceId(), m.dropReason(), m.snapLength(), m.packetLimit());
        }
        return wrong;
    }

    @Nullable
    String stopCapture(DirectBuffer buffer) {
        StopCaptureDecoder m = stopCapture;
        if (!frame.hasBlock(StopCaptureDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.capture(m.captureId());
        if (wrong == null) {
            handler.onStopCapture(m.correlationId(), m.captureId());
        }
        return wrong;
    }

    @Nullable
    String barrier(DirectBuffer buffer) {
        BarrierDecoder m = barrier;
        if (!frame.hasBlock(BarrierDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onBarrier(m.correlationId());
        return null;
    }
}
