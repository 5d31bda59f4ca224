package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.sbe.AddLabelDecoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/** What the fields of commands about labels must satisfy; {@link CommandRules} says what the methods have in common. */
final class LabelRules {
    private static final FieldRange LABEL =
            FieldRange.of("label", AddLabelDecoder.labelMinValue(), AddLabelDecoder.labelMaxValue());
    private static final FieldRange UNIFORM =
            FieldRange.of("uniform", AddLabelDecoder.uniformMinValue(), AddLabelDecoder.uniformMaxValue());

    private final CommandRules rules;

    LabelRules(CommandRules rules) {
        this.rules = rules;
    }

    @Nullable
    String add(LabelSpec spec, NextHops nextHops) {
        String wrong = CommandRules.first(label(spec.routerId(), spec.label()), outLabels(spec));
        if (wrong != null) {
            return wrong;
        }
        if (spec.isLocal() == nextHops.size() > 0) {
            return "nextHops: has none what a router takes off for itself, and all else some";
        }
        if (spec.isLocal() && spec.outCount() > 0) {
            return "outLabel1: needs a next hop";
        }
        boolean isReceiver = spec.receiverInterfaceId() != LabelSpec.NO_INTERFACE;
        if (isReceiver && rules.interfaceId(spec.receiverInterfaceId()) != null) {
            return "receiverInterfaceId: must be -1, or below the limit of the node";
        }
        if (nextHops.totalLabels() > 0) {
            return "nextHops: have no labels of their own";
        }
        return rules.nextHops(AddressFamily.IPV4, nextHops);
    }

    @Nullable
    String label(int routerId, int label) {
        return CommandRules.first(rules.router(routerId), LABEL.check(label));
    }

    private static @Nullable String outLabels(LabelSpec spec) {
        for (int n = 0; n < spec.outCount(); n++) {
            int out = spec.out(n);
            if (!LABEL.contains(out) && !LabelSpec.isExplicitNull(out)) {
                return "outLabels: each must be 0, 2 or 16..1048575";
            }
        }
        return null;
    }

    /** A flag as a message carries it. */
    @Nullable
    String uniform(int uniform) {
        return UNIFORM.check(uniform);
    }
}
