/** Frames across the boundary: punted, injected, captured; a writer, a reader and a handler each. */
@NullMarked
package io.vireo.dataplane.wire.frame;

import org.jspecify.annotations.NullMarked;
