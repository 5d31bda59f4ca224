package io.vireo.control.telemetry;

import io.vireo.control.view.NodeEvent;

/**
 * An event and its place in the order of events.
 *
 * @param number ascending without gaps; higher after each restart of control.
 * @param event  what happened.
 */
public record NumberedEvent(long number, NodeEvent event) {}
