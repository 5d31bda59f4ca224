/**
 * Telemetry of a node: events as they happen, and metrics in the text format of Prometheus.
 */
@NullMarked
package io.vireo.control.telemetry;

import org.jspecify.annotations.NullMarked;
