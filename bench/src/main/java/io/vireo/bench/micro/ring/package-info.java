/**
 * The rings between workers, conductor and control, each written and read by one thread in turn: what the code costs, without what
 * it costs when a line moves from one processor to another.
 */
@NullMarked
package io.vireo.bench.micro.ring;

import org.jspecify.annotations.NullMarked;
