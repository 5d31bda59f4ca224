/** Compares kernel, mirror and data plane, and repairs what differs. */
@NullMarked
package io.vireo.control.node.audit;

import org.jspecify.annotations.NullMarked;
