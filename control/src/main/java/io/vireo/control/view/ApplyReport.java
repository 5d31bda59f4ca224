package io.vireo.control.view;

/**
 * How a configuration was applied to the node.
 *
 * @param dataplanePending whether the data plane is down and will be programmed when it starts.
 * @param created          ports, routers and interfaces that are new.
 * @param changed          those that were changed.
 * @param removed          those that are gone.
 * @param tookMs           how long it took, in milliseconds.
 */
public record ApplyReport(boolean dataplanePending, int created, int changed, int removed, long tookMs) {}
