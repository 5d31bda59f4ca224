package io.vireo.control.telemetry;

import io.vireo.control.view.NodeEvent;

/**
 * An event and its place in the order of events.
 *
 * @param number from 1 since control started, without gaps.
 * @param event  what happened.
 */
public record NumberedEvent(long number, NodeEvent event) {}
