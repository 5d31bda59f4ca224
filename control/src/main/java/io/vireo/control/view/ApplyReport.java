package io.vireo.control.view;

import java.util.List;

/**
 * How a configuration was applied to the node.
 *
 * @param dataplanePending whether the data plane is down and will be programmed when it starts.
 * @param created          ports, routers and interfaces that are new.
 * @param changed          those that were changed.
 * @param removed          those that are gone.
 * @param repaired         what somebody had removed or changed in Linux, and was restored.
 * @param tookMs           how long it took, in milliseconds.
 */
public record ApplyReport(
        boolean dataplanePending, int created, int changed, int removed, List<Repair> repaired, long tookMs) {

    public ApplyReport {
        repaired = List.copyOf(repaired);
    }
}
