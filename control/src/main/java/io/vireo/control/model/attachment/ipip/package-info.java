/**
 * IP in IP: IPv4 and IPv6 packets in IPv4 (RFC 2003, RFC 4213) or in IPv6 (RFC 2473).
 */
@NullMarked
package io.vireo.control.model.attachment.ipip;

import org.jspecify.annotations.NullMarked;
