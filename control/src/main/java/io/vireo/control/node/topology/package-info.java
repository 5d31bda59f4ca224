/** Ports, routers and interfaces as they shall be, with the numbers the data plane knows them by and how many it has room for. */
@NullMarked
package io.vireo.control.node.topology;

import org.jspecify.annotations.NullMarked;
