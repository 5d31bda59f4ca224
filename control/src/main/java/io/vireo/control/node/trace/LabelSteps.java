package io.vireo.control.node.trace;

import io.vireo.control.model.IncomingLabel;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.view.TraceReport;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trace says of labels: a step for each that the router looked up, with what it does with it. The worker does all of them in one
 * stage; which they were is read in the frame, and what they mean is found in the plan.
 */
final class LabelSteps {
    private static final String LABELS = "labels";

    private static final int ENTROPY_INDICATOR = 7;

    private final Map<String, LabelPlan> labels;

    LabelSteps(NodePlan plan) {
        labels = plan.labels();
    }

    /**
     * The labels that a router looked up.
     *
     * @param frame  as it came.
     * @param router {@code VPN/ROUTER}, or null.
     */
    List<TraceReport.Step> of(byte[] frame, @Nullable String router) {
        List<Layer> layers = LayerReader.read(frame);
        String stack = layers.isEmpty() ? null : layers.getFirst().fields().get(LABELS);
        if (router == null || stack == null || !layers.getFirst().kind().equals("mpls")) {
            return List.of();
        }
        List<TraceReport.Step> steps = new ArrayList<>();
        boolean isTaken = true;
        boolean isEntropy = false;
        boolean isHandedOver =
                false; // to another router, which looks up what is underneath: no label but an entropy label
        for (String text : stack.split(",", -1)) {
            int label = Integer.parseInt(text);
            LabelPlan plan = labels.get(LabelPlan.key(router, label));
            boolean isNull = isEntropy || isAlwaysTaken(label);
            boolean isOthers = isHandedOver && !isEntropy && label != ENTROPY_INDICATOR;
            if (!isTaken || isOthers || (plan == null && !isNull)) {
                break;
            }
            steps.add(step(router, label, isNull ? null : plan, frame));
            isTaken = plan == null || isNull || plan.entry().isLocal();
            isHandedOver |= plan != null && !isNull && plan.entry().router() != null;
            isEntropy = label == ENTROPY_INDICATOR && !isEntropy;
        }
        return steps;
    }

    private static boolean isAlwaysTaken(int label) {
        return LabelSpec.isExplicitNull(label) || label == ENTROPY_INDICATOR;
    }

    private static TraceReport.Step step(String router, int label, @Nullable LabelPlan plan, byte[] frame) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("router", router);
        fields.put("label", Integer.toString(label));
        if (plan == null) {
            fields.put("operation", IncomingLabel.Operation.POP.toString());
        } else {
            fields.put("operation", plan.entry().describe());
            if (plan.entry().router() != null) {
                fields.put("for", plan.entry().router().toString());
            }
        }
        return new TraceReport.Step(
                "label",
                "continue",
                Collections.unmodifiableMap(fields),
                HexFormat.of().formatHex(frame));
    }
}
