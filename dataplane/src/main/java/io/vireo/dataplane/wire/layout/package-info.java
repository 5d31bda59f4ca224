/** How the shared-memory file is divided and how much of everything it holds: offsets, limits, delay buckets, sizes of frames. */
@NullMarked
package io.vireo.dataplane.wire.layout;

import org.jspecify.annotations.NullMarked;
