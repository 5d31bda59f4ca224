/** What is counted in shared memory: system counters, rows of statistics, who writes, who zeroes, who reads. */
@NullMarked
package io.vireo.dataplane.wire.counters;

import org.jspecify.annotations.NullMarked;
