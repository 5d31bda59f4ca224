/** How fast the forwarding tables are, by themselves: JMH cases for lookups and route changes. */
@NullMarked
package io.vireo.bench.tables;

import org.jspecify.annotations.NullMarked;
