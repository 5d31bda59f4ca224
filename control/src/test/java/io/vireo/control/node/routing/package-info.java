/** Tests of routing daemons, without daemons. */
@NullMarked
package io.vireo.control.node.routing;

import org.jspecify.annotations.NullMarked;
