/** Tests of what is written for FRR, with FRR as a witness. */
@NullMarked
package io.vireo.control.node.routing.frr;

import org.jspecify.annotations.NullMarked;
