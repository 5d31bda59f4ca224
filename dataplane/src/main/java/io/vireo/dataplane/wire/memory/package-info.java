/** The mapped file itself: created, attached, versioned, with its heartbeats; hands out rings, counters and statistics. */
@NullMarked
package io.vireo.dataplane.wire.memory;

import org.jspecify.annotations.NullMarked;
