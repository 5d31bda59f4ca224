/**
 * {@code vireo doctor} and {@code vireo profile}: look at this machine and say what stands in Vireo's way, or what it
 * lacks of a hardware profile, and what to do about it.
 *
 * <p>Looks only: changes nothing. Facts are read below a root directory, so that tests can draw a machine of their own.
 */
@NullMarked
package io.vireo.control.doctor;

import org.jspecify.annotations.NullMarked;
