/**
 * GRE: IPv4 and IPv6, or Ethernet frames, behind a header that may have a key, a checksum and a sequence number (RFC 2784, RFC 2890), in
 * IPv4 or in IPv6 (RFC 7676).
 */
@NullMarked
package io.vireo.control.model.attachment.gre;

import org.jspecify.annotations.NullMarked;
