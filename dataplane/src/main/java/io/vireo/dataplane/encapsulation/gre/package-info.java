/**
 * Generic routing encapsulation: IPv4 and IPv6 packets behind a GRE header (RFC 2784, RFC 2890) within IPv4, or within IPv6 (RFC
 * 7676). Tunnels between the same addresses differ by their keys; no key and the key 0 are different tunnels, as in Linux.
 *
 * <ul>
 *   <li>Generated: version 0, reserved bits 0; a checksum, a key, a sequence number that begins at 0, each if the tunnel has it.
 *   <li>Accepted: any of these, bits 6 to 12 and Reserved1 whatever they are. A checksum is verified if it is there (RFC 2784
 *       §2.2), and must be where the tunnel has them. A sequence number is looked at where the tunnel has them; a packet without
 *       one is in sequence (RFC 2890 §2.2). Nothing is held back until a gap is filled: that is optional.
 *   <li>Left to the kernel: another version (1 is PPTP's), fragments, and what comes from where no tunnel's far end is.
 *   <li>Dropped: bits 1, 4 and 5 (RFC 2784 §2.3), and payloads other than IP, Ethernet (RFC 7637, 0x6558) among them.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.encapsulation.gre;

import org.jspecify.annotations.NullMarked;
