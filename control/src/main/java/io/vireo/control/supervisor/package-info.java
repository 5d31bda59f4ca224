/**
 * A node's processes: which exist, where their files lie, who starts them again when they die.
 *
 * <p>{@code vireo up} starts one small supervisor JVM, detached. The supervisor starts the data plane and the control JVM,
 * starts each again as soon as it dies, and holds the TAP descriptors that control hands it, so that no carrier goes
 * down when the control JVM dies. {@code vireo down} ends all three.
 */
@NullMarked
package io.vireo.control.supervisor;

import org.jspecify.annotations.NullMarked;
