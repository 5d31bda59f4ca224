/**
 * MPLS: IPv4 and IPv6 packets behind a label that says which of the far end's virtual routers they are for (the data plane of RFC 4364),
 * in GRE (RFC 4023) in IPv4 or IPv6, or on the links of the underlay themselves (RFC 3032).
 */
@NullMarked
package io.vireo.control.model.attachment.mpls;

import org.jspecify.annotations.NullMarked;
