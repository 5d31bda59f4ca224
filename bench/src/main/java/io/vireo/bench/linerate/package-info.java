@NullMarked
package io.vireo.bench.linerate;

import org.jspecify.annotations.NullMarked;
