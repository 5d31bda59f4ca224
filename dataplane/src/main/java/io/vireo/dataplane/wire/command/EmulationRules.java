package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.sbe.SetEmulationDecoder;
import io.vireo.dataplane.wire.value.EmulationSpec;
import org.jspecify.annotations.Nullable;

/** What the fields of an emulated wire must satisfy. See {@link CommandRules}, which says what the methods have in common. */
final class EmulationRules {
    private static final FieldRange DELAY =
            FieldRange.of("delayNs", SetEmulationDecoder.delayNsMinValue(), SetEmulationDecoder.delayNsMaxValue());
    private static final FieldRange JITTER =
            FieldRange.of("jitterNs", SetEmulationDecoder.jitterNsMinValue(), SetEmulationDecoder.jitterNsMaxValue());
    private static final FieldRange RATE = FieldRange.of(
                    "rateBitsPerSecond",
                    SetEmulationDecoder.rateBitsPerSecondMinValue(),
                    SetEmulationDecoder.rateBitsPerSecondMaxValue())
            .or(0, "");
    private static final FieldRange QUEUE =
            FieldRange.of("queueNs", SetEmulationDecoder.queueNsMinValue(), SetEmulationDecoder.queueNsMaxValue());
    private static final FieldRange LIMIT = FieldRange.of(
            "limitPackets", SetEmulationDecoder.limitPacketsMinValue(), SetEmulationDecoder.limitPacketsMaxValue());
    private static final FieldRange LOSS =
            FieldRange.of("loss", SetEmulationDecoder.lossMinValue(), SetEmulationDecoder.lossMaxValue());
    private static final FieldRange BURST_ENTER = FieldRange.of(
            "burstEnter", SetEmulationDecoder.burstEnterMinValue(), SetEmulationDecoder.burstEnterMaxValue());
    private static final FieldRange BURST_LEAVE = FieldRange.of(
            "burstLeave", SetEmulationDecoder.burstLeaveMinValue(), SetEmulationDecoder.burstLeaveMaxValue());
    private static final FieldRange BURST_LOSS_BAD = FieldRange.of(
            "burstLossBad", SetEmulationDecoder.burstLossBadMinValue(), SetEmulationDecoder.burstLossBadMaxValue());
    private static final FieldRange BURST_LOSS_GOOD = FieldRange.of(
            "burstLossGood", SetEmulationDecoder.burstLossGoodMinValue(), SetEmulationDecoder.burstLossGoodMaxValue());
    private static final FieldRange REORDER =
            FieldRange.of("reorder", SetEmulationDecoder.reorderMinValue(), SetEmulationDecoder.reorderMaxValue());
    private static final FieldRange DUPLICATE = FieldRange.of(
            "duplicate", SetEmulationDecoder.duplicateMinValue(), SetEmulationDecoder.duplicateMaxValue());

    private EmulationRules() {}

    static @Nullable String check(EmulationSpec spec) {
        String wrong = CommandRules.first(times(spec), probabilities(spec), LIMIT.check(spec.limitPackets()));
        return wrong == null ? together(spec) : wrong;
    }

    private static @Nullable String times(EmulationSpec spec) {
        return CommandRules.first(
                DELAY.check(spec.delayNs()),
                JITTER.check(spec.jitterNs()),
                RATE.check(spec.rateBitsPerSecond() == 0 || RATE.contains(spec.rateBitsPerSecond())),
                QUEUE.check(spec.queueNs()));
    }

    private static @Nullable String probabilities(EmulationSpec spec) {
        return CommandRules.first(
                LOSS.check(spec.loss()),
                CommandRules.first(
                        BURST_ENTER.check(spec.burstEnter()),
                        BURST_LEAVE.check(spec.burstLeave()),
                        BURST_LOSS_BAD.check(spec.burstLossBad()),
                        BURST_LOSS_GOOD.check(spec.burstLossGood())),
                REORDER.check(spec.reorder()),
                DUPLICATE.check(spec.duplicate()));
    }

    private static @Nullable String together(EmulationSpec spec) {
        if (spec.isNone()) {
            boolean isPlain = spec.limitPackets() == 0 && spec.reorder() == 0 && spec.queueNs() == 0;
            return isPlain ? null : "limitPackets: must be 0 where nothing is emulated, as must reorder and queueNs";
        }
        if (spec.limitPackets() == 0) {
            return "limitPackets: must be at least 1";
        }
        if (spec.rateBitsPerSecond() == 0 && spec.queueNs() != 0) {
            return "queueNs: must be 0 without a rate";
        }
        return spec.isOrderKept() && spec.reorder() != 0 ? "reorder: must be 0 where the order is kept" : null;
    }
}
