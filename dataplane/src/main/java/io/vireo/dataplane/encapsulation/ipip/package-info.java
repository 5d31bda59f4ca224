/**
 * IP within IP: IPv4 and IPv6 packets within IPv4 (RFC 2003, RFC 4213) and within IPv6 (RFC 2473), without options or extension
 * headers.
 *
 * <p>Of the outer header, TOS or traffic class is the inner packet's, with ECN (RFC 6040 §4.1, normal mode); IPv4's "don't
 * fragment" likewise, and clear around IPv6 (RFC 4213 §3.2.1). The hop limit is the tunnel's. On the way out
 * of a tunnel, a congestion mark is carried over to the packet inside (RFC 6040 §4.2).
 */
@NullMarked
package io.vireo.dataplane.encapsulation.ipip;

import org.jspecify.annotations.NullMarked;
