/** Tests of IKE, without charon. */
@NullMarked
package io.vireo.control.node.ike;

import org.jspecify.annotations.NullMarked;
