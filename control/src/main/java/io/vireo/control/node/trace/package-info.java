/** What a traced packet is wrapped in: headers for people, read from frames that nobody vouches for. Sees the plan and the mirror. */
@NullMarked
package io.vireo.control.node.trace;

import org.jspecify.annotations.NullMarked;
