package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.DelayDistributionCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.SetEmulationEncoder;
import io.vireo.dataplane.wire.value.EmulationSpec;

/** Commands about emulated wires. Part of {@link DataplaneProxy}, which says what the methods have in common. */
public final class EmulationProxy {
    private final Claim claim;
    private final CommandRules rules;

    EmulationProxy(Claim claim, CommandRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /** Emulates the wire behind an interface in the sending direction, or, of a spec that is none, does so no longer. */
    public boolean setEmulation(long correlationId, int interfaceId, EmulationSpec spec) {
        CommandRules.require("SetEmulation", rules.emulation(interfaceId, spec));
        int index = claim.tryClaim(SetEmulationEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetEmulationEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .delayNs(spec.delayNs())
                .jitterNs(spec.jitterNs())
                .rateBitsPerSecond(spec.rateBitsPerSecond())
                .queueNs(spec.queueNs())
                .seed(spec.seed())
                .interfaceId(interfaceId)
                .limitPackets(spec.limitPackets())
                .loss(spec.loss())
                .burstEnter(spec.burstEnter())
                .burstLeave(spec.burstLeave())
                .burstLossBad(spec.burstLossBad())
                .burstLossGood(spec.burstLossGood())
                .reorder(spec.reorder())
                .duplicate(spec.duplicate())
                .distribution(
                        DelayDistributionCode.get((short) spec.distribution().code()))
                .keepOrder((short) (spec.isOrderKept() ? 1 : 0));
        return claim.commit(index);
    }
}
