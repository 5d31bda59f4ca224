/** Classes, filters and quotas: planned, compared with the plan before, and programmed, in an order the data plane can follow. */
@NullMarked
package io.vireo.control.node.scheduling;

import org.jspecify.annotations.NullMarked;
