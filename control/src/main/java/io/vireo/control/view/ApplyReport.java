package io.vireo.control.view;

/**
 * How the node was brought to a configuration.
 *
 * @param dataplanePending whether the data plane is not there and will be told when it comes.
 * @param created          ports, routers and interfaces that are new.
 * @param changed          those that were changed.
 * @param removed          those that are gone.
 * @param tookMs           how long it took, in milliseconds.
 */
public record ApplyReport(boolean dataplanePending, int created, int changed, int removed, long tookMs) {}
