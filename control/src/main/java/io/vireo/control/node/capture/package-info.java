/** The captures and traces that run, and who waits for their packets. */
@NullMarked
package io.vireo.control.node.capture;

import org.jspecify.annotations.NullMarked;
