/**
 * Emulated wires against what chance and arithmetic say.
 */
@NullMarked
package io.vireo.dataplane.emulation;

import org.jspecify.annotations.NullMarked;
