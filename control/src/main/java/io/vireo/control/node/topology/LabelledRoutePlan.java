package io.vireo.control.node.topology;

import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.OutgoingLabels;
import java.util.List;

/**
 * A static route whose packets leave with labels, as it shall be.
 *
 * @param hops where it leads, at least one
 */
public record LabelledRoutePlan(IpPrefix prefix, List<LabelPlan.Hop> hops, OutgoingLabels labels) {}
