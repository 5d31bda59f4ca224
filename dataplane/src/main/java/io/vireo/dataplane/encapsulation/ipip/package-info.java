/**
 * IP within IP: IPv4 and IPv6 packets within IPv4 (RFC 2003, RFC 4213) and within IPv6 (RFC 2473).
 */
@NullMarked
package io.vireo.dataplane.encapsulation.ipip;

import org.jspecify.annotations.NullMarked;
