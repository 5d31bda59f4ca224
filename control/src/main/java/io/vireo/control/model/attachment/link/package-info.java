/**
 * Ends of links between two virtual routers of the node.
 */
@NullMarked
package io.vireo.control.model.attachment.link;

import org.jspecify.annotations.NullMarked;
