@NullMarked
package io.vireo.bench.scale;

import org.jspecify.annotations.NullMarked;
