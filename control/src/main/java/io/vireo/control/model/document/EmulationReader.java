package io.vireo.control.model.document;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Emulation;
import io.vireo.control.model.Limits;
import io.vireo.control.model.LossBursts;
import io.vireo.control.model.Probability;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.wire.code.DelayDistribution;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how a wire is emulated. */
final class EmulationReader {
    private static final TimeSpan NO_TIME = new TimeSpan(0);

    private final Problems problems;

    EmulationReader(Problems problems) {
        this.problems = problems;
    }

    /** Of an interface of its own. */
    @Nullable
    Emulation read(YamlNode node) {
        return read(node, false);
    }

    /** @param hasBandwidth whether it is a link's that has a bandwidth: then that is the rate. */
    @Nullable
    Emulation read(YamlNode node, boolean hasBandwidth) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        TimeSpan delay = fields.optional("delay", NO_TIME, time(Limits.MAX_EMULATED_DELAY_NS));
        TimeSpan jitter = fields.optional("jitter", NO_TIME, time(Limits.MAX_EMULATED_JITTER_NS));
        DelayDistribution distribution =
                fields.optional("distribution", DelayDistribution.UNIFORM, EmulationReader::distribution);
        boolean keepOrder = fields.optional("keepOrder", false, Scalars::truth);
        Bandwidth rate = fields.optional("rate", Scalars::rate);
        TimeSpan queue = fields.optional("queue", Emulation.DEFAULT_QUEUE, time(Limits.MAX_EMULATED_JITTER_NS));
        Integer limit = fields.optional("limit", Scalars.integer(1, Limits.MAX_HELD_PACKETS));
        Probability loss = fields.optional("loss", Probability.NEVER, Probability::parse);
        LossBursts burst = fields.optionalNode("burst", this::readBurst);
        Probability reorder = fields.optional("reorder", Probability.NEVER, Probability::parse);
        Probability duplicate = fields.optional("duplicate", Probability.NEVER, Probability::parse);
        long seed = fields.optional("seed", 0L, Scalars.wideInteger(1, Limits.MAX_EMULATION_SEED));
        Emulation emulation = new Emulation(
                delay, jitter, distribution, keepOrder, rate, queue, limit, loss, burst, reorder, duplicate, seed);
        checkTogether(fields, emulation, hasBandwidth);
        if (!fields.finish()) {
            return null;
        }
        if (!emulation.hasEffect() && !hasBandwidth) {
            problems.add(node, "emulates nothing: it has no delay, jitter, rate, loss, burst or duplicate");
        }
        return emulation;
    }

    private static void checkTogether(Fields fields, Emulation emulation, boolean hasBandwidth) {
        boolean hasJitter = emulation.jitter().ns() != 0;
        if (!hasJitter && fields.has("distribution")) {
            fields.problem("distribution", "says how a jitter is spread, and there is none");
        }
        if (emulation.rate() != null && hasBandwidth) {
            fields.problem("rate", "contradicts the bandwidth of the link");
        }
        if (emulation.rate() == null && !hasBandwidth && fields.has("queue")) {
            fields.problem("queue", "is for what waits for a rate, and there is none");
        }
        if (emulation.reorder().isPossible() && emulation.delay().ns() == 0) {
            fields.problem("reorder", "lets packets overtake others that are delayed, and there is no delay");
        }
        if (emulation.reorder().isPossible() && emulation.keepOrder()) {
            fields.problem("reorder", "contradicts keepOrder");
        }
    }

    private @Nullable LossBursts readBurst(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Probability p = fields.required("p", EmulationReader::possible);
        Probability r = fields.required("r", EmulationReader::possible);
        Probability lossBad = fields.optional("lossBad", Probability.ALWAYS, EmulationReader::possible);
        Probability lossGood = fields.optional("lossGood", Probability.NEVER, Probability::parse);
        return fields.finish() && p != null && r != null ? new LossBursts(p, r, lossBad, lossGood) : null;
    }

    private static Probability possible(String text) {
        Probability probability = Probability.parse(text);
        if (!probability.isPossible()) {
            throw new IllegalArgumentException("'" + text + "' is not above 0%");
        }
        return probability;
    }

    private static Function<String, TimeSpan> time(long maxNs) {
        return text -> {
            TimeSpan span = TimeSpan.parse(text);
            if (span.ns() > maxNs) {
                throw new IllegalArgumentException("'" + text + "' is more than " + new TimeSpan(maxNs));
            }
            return span;
        };
    }

    private static DelayDistribution distribution(String text) {
        for (DelayDistribution distribution : DelayDistribution.values()) {
            if (EmulationWriter.text(distribution).equals(text)) {
                return distribution;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is neither uniform nor normal nor pareto");
    }
}
