/**
 * What the control plane and the data plane share: one memory-mapped file of rings, counters and statistics, and the
 * messages in the rings. The only package of the data plane that control sees.
 *
 * <p>{@link io.vireo.dataplane.wire.layout.SharedLayout} draws the file, {@link io.vireo.dataplane.wire.memory.SharedMemory} creates
 * or maps it. A method of {@link io.vireo.dataplane.wire.command.DataplaneProxy} on a control thread becomes the method of the
 * like name of one of the {@link io.vireo.dataplane.wire.command.CommandHandlers} on the conductor; events, punted, injected and captured
 * frames travel alike, through a proxy or writer on one side and an adapter or reader on the other. The messages are
 * described field by field in {@code vireo-wire.xml}.
 *
 * <p>Addresses are two longs, high and low, that together are the 128-bit address in network order; an IPv4 address is
 * the low 32 bits of low, all else zero. A MAC address is a long of 48 bits, first octet most significant.
 */
@NullMarked
package io.vireo.dataplane.wire;

import org.jspecify.annotations.NullMarked;
