/** The programs a benchmark starts, and their threads: none outlives it, however it ends. */
@NullMarked
package io.vireo.bench.process;

import org.jspecify.annotations.NullMarked;
