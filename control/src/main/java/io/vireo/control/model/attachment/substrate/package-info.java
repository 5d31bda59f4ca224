/**
 * Virtual links of the substrate: packets in frames of a port, with an identifier that is a substrate link's own.
 */
@NullMarked
package io.vireo.control.model.attachment.substrate;

import org.jspecify.annotations.NullMarked;
