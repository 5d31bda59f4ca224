/** Records in rings: claim, walk, copy into, discard, unblock after a dead producer. Knows no message. */
@NullMarked
package io.vireo.dataplane.wire.ring;

import org.jspecify.annotations.NullMarked;
