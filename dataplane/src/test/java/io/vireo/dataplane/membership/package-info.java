/**
 * Members of VPNs on a shared wire, with real frames.
 */
@NullMarked
package io.vireo.dataplane.membership;

import org.jspecify.annotations.NullMarked;
