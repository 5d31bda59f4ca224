/**
 * The encapsulating security payload in tunnel mode (RFC 4303), IPv4 and IPv6 inside and outside, with AES-GCM (RFC 4106) or
 * ChaCha20-Poly1305 (RFC 7634) and a tag of 16 bytes (RFC 8221 §5).
 *
 * <pre>
 *   outer header │ SPI 4 │ sequence number 4 │ IV 8 │ packet inside │ padding 0..3 │ its length 1 │ next header 1 │ tag 16
 *                └ authenticated, with ESN's high half ┘ └────────────── encrypted ──────────────────────────┘
 * </pre>
 *
 * <p>A <em>security association</em> is one direction of a tunnel under one key. It is state of its own, in {@link
 * io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable}: the tunnel says algorithm, window and whether numbers are extended;
 * keys come and go by commands. A tunnel without one sends nothing, and never in clear: {@code ESP_NO_ASSOCIATION}.
 *
 * <ul>
 *   <li><b>No (key, nonce) pair is used twice.</b> The nonce is the association's salt and a 64-bit number, which is also its sequence
 *       number; all workers take it by one atomic addition, it begins at 1 and dies with the key. An association is
 *       never restarted: another key is another association, and a data plane that starts has none.
 *   <li><b>Out:</b> {@link io.vireo.dataplane.encapsulation.esp.EspSender}. A tunnel has at most one outbound association; the next one
 *       replaces it by one store, so no packet is lost in between.
 *   <li><b>In:</b> {@link io.vireo.dataplane.encapsulation.esp.EspReceiver}. Found by underlay, both outer addresses and SPI, so only the
 *       configured far end may speak. Number, then tag, then number again ({@link
 *       io.vireo.dataplane.encapsulation.esp.ReplayWindow}): a forged packet moves nothing. What is refused before its tag is
 *       right is as it came.
 *   <li><b>Lifetimes</b> count what was sent, or accepted: neither replays nor forgeries shorten them. A used-up association refuses every
 *       packet, {@code ESP_LIFETIME}.
 *   <li><b>Dropped:</b> cut off, or no multiple of four: {@code TUNNEL_MALFORMED}; SPI unknown: {@code ESP_NO_ASSOCIATION} (a stranger's is
 *       punted); {@code ESP_REPLAY}; {@code ESP_AUTHENTICATION}; next header 59, a dummy: {@code ESP_DUMMY}; another: {@code
 *       TUNNEL_PAYLOAD}.
 *   <li><b>In UDP</b> (RFC 3948), for translators of addresses and firewalls that know no ESP: eight bytes more before the SPI, both ports
 *       the tunnel's. Over IPv4 without a checksum; over IPv6 with one, for receivers ask for it. What comes is looked at by {@link
 *       io.vireo.dataplane.encapsulation.esp.EspInUdp} first: IKE is punted, {@code NAT_KEEPALIVE} dropped. A far end whose address
 *       changes is not followed.
 *   <li>TFC padding behind the packet inside (RFC 4303 §2.7) is accepted, none is sent. Padding is not verified: the tag covers it.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.encapsulation.esp;

import org.jspecify.annotations.NullMarked;
