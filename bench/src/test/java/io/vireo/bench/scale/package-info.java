/** Tests of the axes and curves of {@code bench scale}. */
@NullMarked
package io.vireo.bench.scale;

import org.jspecify.annotations.NullMarked;
