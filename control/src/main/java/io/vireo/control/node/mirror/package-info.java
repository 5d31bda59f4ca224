/** Follows the kernel's links, neighbours and routes of each virtual router and programs the same into the data plane. */
@NullMarked
package io.vireo.control.node.mirror;

import org.jspecify.annotations.NullMarked;
