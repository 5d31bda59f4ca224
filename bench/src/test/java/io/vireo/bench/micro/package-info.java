/** Tests of {@code bench micro} without a benchmark run: names, plans and output of cases. */
@NullMarked
package io.vireo.bench.micro;

import org.jspecify.annotations.NullMarked;
