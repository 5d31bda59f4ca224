/** A packet's way from the worker that received it to the one that sends for its port: record, sending side, receiving side. */
@NullMarked
package io.vireo.dataplane.path.handover;

import org.jspecify.annotations.NullMarked;
