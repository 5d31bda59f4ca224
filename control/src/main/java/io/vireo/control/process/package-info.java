/** Runs other programs: with a deadline, and with what they printed when they fail. */
@NullMarked
package io.vireo.control.process;

import org.jspecify.annotations.NullMarked;
