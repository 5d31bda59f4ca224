/**
 * Captures: copies of frames for users, chosen by interface or drop reason.
 *
 * <p>The conductor opens and closes filters; each worker copies what matches into its capture ring. With no capture open a
 * worker pays one load per burst.
 */
@NullMarked
package io.vireo.dataplane.capture;

import org.jspecify.annotations.NullMarked;
