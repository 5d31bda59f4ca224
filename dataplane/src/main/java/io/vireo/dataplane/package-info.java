/**
 * The data plane process: its settings, its threads and what they share.
 *
 * <p>{@link io.vireo.dataplane.DataplaneMain} concludes a {@link io.vireo.dataplane.Context}, takes all memory, and runs one
 * conductor (commands, tables, ports) and one worker per core (packets). Neither allocates after start, except the conductor
 * while a port is plugged or unplugged.
 */
@NullMarked
package io.vireo.dataplane;

import org.jspecify.annotations.NullMarked;
