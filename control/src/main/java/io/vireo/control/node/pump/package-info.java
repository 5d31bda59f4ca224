/** Carries frames between the data plane's rings and the TAP devices. */
@NullMarked
package io.vireo.control.node.pump;

import org.jspecify.annotations.NullMarked;
