/** What the node's supervision of routing daemons and an implementation of routing protocols know of each other. */
@NullMarked
package io.vireo.control.node.routing.suite;

import org.jspecify.annotations.NullMarked;
