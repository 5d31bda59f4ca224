package io.vireo.control.model.document;

import io.vireo.control.model.Limits;
import io.vireo.control.model.PuntBudget;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.wire.code.PuntClass;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a virtual router's control plane takes of packets: {@code punt} of a router, and writes the names of classes. */
final class PuntLimitReader {
    private static final int MAX_PERCENT = 100;

    private final Problems problems;
    private final Set<PuntClass> seen = EnumSet.noneOf(PuntClass.class);

    PuntLimitReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    PuntLimit read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        int rate = fields.optional(
                "packetsPerSecond",
                Limits.DEFAULT_PUNT_PACKETS_PER_SECOND,
                Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        int burst = fields.optional(
                "burstPackets", Limits.DEFAULT_PUNT_BURST_PACKETS, Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        int percent = fields.optional(
                "interfacePercent", PuntClass.DEFAULT_INTERFACE_PERCENT, Scalars.integer(1, MAX_PERCENT));
        List<PuntBudget> classes = fields.list("classes", this::readBudget);
        return fields.finish() ? new PuntLimit(rate, burst, percent, classes) : null;
    }

    private @Nullable PuntBudget readBudget(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        PuntClass puntClass = fields.required("name", PuntLimitReader::parseClass);
        Integer rate = fields.required("packetsPerSecond", Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        Integer burst = fields.required("burstPackets", Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        if (puntClass != null && !seen.add(puntClass)) {
            fields.problem("name", "'" + puntClass.label() + "' stands here twice");
        }
        return fields.finish() && puntClass != null && rate != null && burst != null
                ? new PuntBudget(puntClass, rate, burst)
                : null;
    }

    private static PuntClass parseClass(String text) {
        for (PuntClass puntClass : PuntClass.values()) {
            if (puntClass.label().equals(text)) {
                return puntClass;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no class of punted packets; there are "
                + Stream.of(PuntClass.values()).map(PuntClass::label).collect(Collectors.joining(", ")));
    }
}
