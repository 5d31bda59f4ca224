/**
 * {@code vireo doctor} and {@code vireo profile}: check this machine and report what keeps Vireo from working, or what
 * it lacks of a hardware profile, and how to fix it.
 *
 * <p>Reads only, changes nothing. Facts are read below a root directory, so that tests can fake a machine.
 */
@NullMarked
package io.vireo.control.doctor;

import org.jspecify.annotations.NullMarked;
