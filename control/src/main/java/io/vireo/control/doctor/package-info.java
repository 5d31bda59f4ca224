/**
 * {@code vireo doctor}: looks at this machine and says what stands in Vireo's way, and what to do about it.
 *
 * <p>Looks only: changes nothing. Facts are read below a root directory, so that tests can draw a machine of their own.
 */
@NullMarked
package io.vireo.control.doctor;

import org.jspecify.annotations.NullMarked;
