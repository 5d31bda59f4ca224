/**
 * VNS: IPv4 and IPv6 packets in IPv4 packets whose header says by an option of which VPN they are (RFC 791 §3.1, RFC 4727). There
 * is nothing of the kind in IPv6.
 */
@NullMarked
package io.vireo.control.model.attachment.vns;

import org.jspecify.annotations.NullMarked;
