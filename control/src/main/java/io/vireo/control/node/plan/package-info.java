/** What a configuration means for this node as a whole, and what differs between two plans. */
@NullMarked
package io.vireo.control.node.plan;

import org.jspecify.annotations.NullMarked;
