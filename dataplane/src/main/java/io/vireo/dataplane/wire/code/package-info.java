/** The values that stand for a number on the wire and in statistics: reasons, kinds, families, stages, verdicts, results. Depends on nothing but itself (and sbe in its test). */
@NullMarked
package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.NullMarked;
