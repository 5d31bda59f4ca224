/** Brings Linux and the data plane from one plan to the next, or back. */
@NullMarked
package io.vireo.control.node.reconcile;

import org.jspecify.annotations.NullMarked;
