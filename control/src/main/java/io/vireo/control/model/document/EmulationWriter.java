package io.vireo.control.model.document;

import io.vireo.control.model.Emulation;
import io.vireo.control.model.LossBursts;
import io.vireo.control.model.Probability;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.DelayDistribution;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes how a wire is emulated, without what is the default. */
public final class EmulationWriter {
    private static final String NO_TIME = new TimeSpan(0).toString();
    private static final String NEVER = Probability.NEVER.toString();
    private static final String ALWAYS = Probability.ALWAYS.toString();

    private EmulationWriter() {}

    static @Nullable Map<String, Object> emulation(@Nullable Emulation emulation) {
        if (emulation == null) {
            return null;
        }
        return new Tree()
                .putUnless("delay", emulation.delay().toString(), NO_TIME)
                .putUnless("jitter", emulation.jitter().toString(), NO_TIME)
                .putUnless("distribution", text(emulation.distribution()), text(DelayDistribution.UNIFORM))
                .putUnless("keepOrder", emulation.keepOrder(), false)
                .put("rate", ConfigurationWriter.text(emulation.rate()))
                .putUnless("queue", emulation.queue().toString(), Emulation.DEFAULT_QUEUE.toString())
                .put("limit", emulation.limit())
                .putUnless("loss", emulation.loss().toString(), NEVER)
                .put("burst", burst(emulation.burst()))
                .putUnless("reorder", emulation.reorder().toString(), NEVER)
                .putUnless("duplicate", emulation.duplicate().toString(), NEVER)
                .putUnless("seed", emulation.seed(), 0L)
                .fields();
    }

    private static @Nullable Map<String, Object> burst(@Nullable LossBursts burst) {
        if (burst == null) {
            return null;
        }
        return new Tree()
                .put("p", burst.p().toString())
                .put("r", burst.r().toString())
                .putUnless("lossBad", burst.lossBad().toString(), ALWAYS)
                .putUnless("lossGood", burst.lossGood().toString(), NEVER)
                .fields();
    }

    static String text(DelayDistribution distribution) {
        return distribution.name().toLowerCase(Locale.ROOT);
    }

    /** As a line for users, {@code delay 20ms, loss 1%}; empty of none. */
    public static String describe(@Nullable Emulation emulation) {
        Map<String, Object> fields = emulation(emulation);
        return fields == null ? "" : describe(fields);
    }

    private static String describe(Map<?, ?> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + " "
                        + (field.getValue() instanceof Map<?, ?> inner
                                ? "(" + describe(inner) + ")"
                                : field.getValue()))
                .collect(Collectors.joining(", "));
    }
}
