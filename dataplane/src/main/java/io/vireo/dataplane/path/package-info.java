/**
 * A packet's way through a worker: the burst that every stage works on, and what becomes of a packet that leaves it.
 *
 * <p>The stages are the packages below this one; their alphabetical order is the packet's order: arrive, check, classify,
 * forward, modify, schedule, transmit. A stage sees the burst and the tables, never a later stage.
 */
@NullMarked
package io.vireo.dataplane.path;

import org.jspecify.annotations.NullMarked;
