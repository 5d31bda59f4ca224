package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.SetEmulationDecoder;
import io.vireo.dataplane.wire.value.EmulationSpec;
import org.jspecify.annotations.Nullable;

/** Decodes the commands about emulated wires. Part of {@link CommandAdapter}. */
final class EmulationCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final EmulationCommandHandler emulations;
    private final SetEmulationDecoder setEmulation = new SetEmulationDecoder();
    private final EmulationSpec spec = new EmulationSpec();

    EmulationCommandDecoder(MessageFrame frame, CommandRules rules, EmulationCommandHandler emulations) {
        this.frame = frame;
        this.rules = rules;
        this.emulations = emulations;
    }

    /** Puts the decoder in its place. */
    void addTo(CommandDecoders decoders) {
        decoders.put(SetEmulationDecoder.TEMPLATE_ID, this::setEmulation);
    }

    private @Nullable String setEmulation() {
        if (!frame.hasBlock(SetEmulationDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetEmulationDecoder m = setEmulation.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        DelayDistribution distribution = DelayDistribution.ofCode(m.distributionRaw());
        if (distribution == null) {
            return "distribution: must be UNIFORM, NORMAL or PARETO";
        }
        if (m.keepOrder() > 1) {
            return "keepOrder: must be 0..1";
        }
        spec.delay(m.delayNs(), m.jitterNs(), distribution, m.keepOrder() == 1)
                .rate(m.rateBitsPerSecond(), m.queueNs())
                .limitPackets(m.limitPackets())
                .loss(m.loss())
                .burst(m.burstEnter(), m.burstLeave(), m.burstLossBad(), m.burstLossGood())
                .reorder(m.reorder())
                .duplicate(m.duplicate())
                .seed(m.seed());
        String wrong = rules.emulation(m.interfaceId(), spec);
        if (wrong == null) {
            emulations.onSetEmulation(m.correlationId(), m.interfaceId(), spec);
        }
        return wrong;
    }
}
