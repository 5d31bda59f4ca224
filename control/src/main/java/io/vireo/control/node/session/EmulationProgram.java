package io.vireo.control.node.session;

import io.vireo.control.model.Emulation;
import io.vireo.control.model.LossBursts;
import io.vireo.dataplane.wire.value.EmulationSpec;
import org.jspecify.annotations.Nullable;

/** An emulated wire as it is programmed. */
final class EmulationProgram {
    private EmulationProgram() {}

    /** In the data plane's form; null: the wire is as it is. */
    static EmulationSpec spec(@Nullable Emulation emulation) {
        EmulationSpec spec = new EmulationSpec();
        if (emulation == null) {
            return spec;
        }
        if (emulation.rate() != null) {
            spec.rate(emulation.rate().bitsPerSecond(), emulation.queue().ns());
        }
        LossBursts burst = emulation.burst();
        if (burst != null) {
            spec.burst(
                    burst.p().perBillion(),
                    burst.r().perBillion(),
                    burst.lossBad().perBillion(),
                    burst.lossGood().perBillion());
        }
        return spec.delay(
                        emulation.delay().ns(),
                        emulation.jitter().ns(),
                        emulation.distribution(),
                        emulation.keepOrder())
                .limitPackets(emulation.packetLimit())
                .loss(emulation.loss().perBillion())
                .reorder(emulation.reorder().perBillion())
                .duplicate(emulation.duplicate().perBillion())
                .seed(emulation.seed());
    }
}
