/**
 * MPLS: labels before packets (RFC 3032, RFC 5462). Within a tunnel one label stands between the delivery header and the packet inside
 * (RFC 4023, RFC 7510): it says which of the far end's virtual routers the packet is for, as in the data plane of RFC 4364.
 *
 * <p>A label of its own a virtual router looks up in {@link io.vireo.dataplane.encapsulation.mpls.LabelTable}: {@code path/forward}
 * finds the entry and takes off what is for the router itself, {@code path/modify} swaps, pushes and pops.
 */
@NullMarked
package io.vireo.dataplane.encapsulation.mpls;

import org.jspecify.annotations.NullMarked;
