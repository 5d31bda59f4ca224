/**
 * Keys of ESP tunnels by IKEv2 (RFC 7296), which an unmodified strongSwan negotiates: so the far end may be anybody's.
 *
 * <pre>
 *   far end ◀── IKE, UDP 500 and 4500 ──▶ charon, in the underlay's namespace
 *                                            │ ▲
 *      nonces, secrets, SPIs (ha, UDP 4510)  │ │ connections, initiate, rekey (vici)
 *                                            ▼ │
 *                                         IkeDaemon ── keys ──▶ TunnelKeys ──▶ data plane
 * </pre>
 *
 * One {@link io.vireo.control.node.ike.IkeDaemon} per underlay with such tunnels. charon never sees ESP: its own data plane
 * (kernel-libipsec) has the associations, but no policy, and ESP that comes is the data plane's. What charon does not show, the keys, is
 * derived from what its ha plugin sends to a standby node. They are in this process until the data plane has them.
 *
 * <p>charon ends with control, at once and without a word to the far end: tunnels keep the keys they have. The next one negotiates anew.
 */
@NullMarked
package io.vireo.control.node.ike;

import org.jspecify.annotations.NullMarked;
