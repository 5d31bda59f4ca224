/**
 * Members of VPNs on a wire that hosts of several share (VNS §2.4): which list an interface has, as workers read it.
 *
 * <p>What a list is, how it is compiled and looked up in: {@code policy}. Who asks: {@code path/classify}.
 */
@NullMarked
package io.vireo.dataplane.membership;

import org.jspecify.annotations.NullMarked;
