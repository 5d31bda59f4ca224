/**
 * The delivery header that every kind of tunnel over IP has: IPv4 (RFC 2003 §3.1) or IPv6 (RFC 2473 §3). It is sent without options
 * or extension headers, but for those that a kind adds, and received with none but the tunnel encapsulation limit (RFC 2473 §4.1.1).
 *
 * <p>TOS or traffic class is the inner packet's, with ECN (RFC 6040 §4.1, normal mode); IPv4's "don't fragment" likewise, and
 * clear around IPv6 (RFC 4213 §3.2.1). The hop limit is the tunnel's. On the way out of a tunnel, a congestion mark is carried
 * over to the packet inside (RFC 6040 §4.2). Other modes are {@link OuterModes}' business.
 *
 * <p>Kinds whose packets are UDP have {@link OuterUdp} behind it.
 */
@NullMarked
package io.vireo.dataplane.encapsulation.outer;

import org.jspecify.annotations.NullMarked;
