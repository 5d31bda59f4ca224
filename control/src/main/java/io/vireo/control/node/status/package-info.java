/** Reads the node for show, status and trace. */
@NullMarked
package io.vireo.control.node.status;

import org.jspecify.annotations.NullMarked;
