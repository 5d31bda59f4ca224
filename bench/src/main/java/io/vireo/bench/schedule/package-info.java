/** How fast the H-FSC scheduler is, by itself: no mbufs, no port. */
@NullMarked
package io.vireo.bench.schedule;

import org.jspecify.annotations.NullMarked;
