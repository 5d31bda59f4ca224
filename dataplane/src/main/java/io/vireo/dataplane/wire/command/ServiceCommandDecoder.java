package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.BarrierDecoder;
import io.vireo.dataplane.wire.sbe.ResyncBeginDecoder;
import io.vireo.dataplane.wire.sbe.ResyncEndDecoder;
import io.vireo.dataplane.wire.sbe.StartCaptureDecoder;
import io.vireo.dataplane.wire.sbe.StopCaptureDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about resynchronisation, captures and barriers. Part of {@link CommandAdapter}.
 */
final class ServiceCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final ResyncCommandHandler resync;
    private final CaptureCommandHandler captures;
    private final BarrierCommandHandler barriers;
    private final ResyncBeginDecoder resyncBegin = new ResyncBeginDecoder();
    private final ResyncEndDecoder resyncEnd = new ResyncEndDecoder();
    private final StartCaptureDecoder startCapture = new StartCaptureDecoder();
    private final StopCaptureDecoder stopCapture = new StopCaptureDecoder();
    private final BarrierDecoder barrier = new BarrierDecoder();

    ServiceCommandDecoder(MessageFrame frame, CommandRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        resync = handlers.resync();
        captures = handlers.captures();
        barriers = handlers.barriers();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(ResyncBeginDecoder.TEMPLATE_ID, this::resyncBegin);
        decoders.put(ResyncEndDecoder.TEMPLATE_ID, this::resyncEnd);
        decoders.put(StartCaptureDecoder.TEMPLATE_ID, this::startCapture);
        decoders.put(StopCaptureDecoder.TEMPLATE_ID, this::stopCapture);
        decoders.put(BarrierDecoder.TEMPLATE_ID, this::barrier);
    }

    private @Nullable String resyncBegin() {
        if (!frame.hasBlock(ResyncBeginDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        ResyncBeginDecoder m = resyncBegin.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.resync(m.epoch());
        if (wrong == null) {
            resync.onResyncBegin(m.correlationId(), m.epoch());
        }
        return wrong;
    }

    private @Nullable String resyncEnd() {
        if (!frame.hasBlock(ResyncEndDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        ResyncEndDecoder m = resyncEnd.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.resync(m.epoch());
        if (wrong == null) {
            resync.onResyncEnd(m.correlationId(), m.epoch());
        }
        return wrong;
    }

    private @Nullable String startCapture() {
        if (!frame.hasBlock(StartCaptureDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        StartCaptureDecoder m = startCapture.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong =
                rules.startCapture(m.captureId(), m.interfaceId(), m.dropReason(), m.snapLength(), m.packetLimit());
        if (wrong == null) {
            captures.onStartCapture(
                    m.correlationId(), m.captureId(), m.interfaceId(), m.dropReason(), m.snapLength(), m.packetLimit());
        }
        return wrong;
    }

    private @Nullable String stopCapture() {
        if (!frame.hasBlock(StopCaptureDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        StopCaptureDecoder m = stopCapture.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.capture(m.captureId());
        if (wrong == null) {
            captures.onStopCapture(m.correlationId(), m.captureId());
        }
        return wrong;
    }

    private @Nullable String barrier() {
        if (!frame.hasBlock(BarrierDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        BarrierDecoder m = barrier.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        barriers.onBarrier(m.correlationId());
        return null;
    }
}
