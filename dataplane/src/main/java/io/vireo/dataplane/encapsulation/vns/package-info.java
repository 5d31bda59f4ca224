/**
 * VNS: IPv4 and IPv6 packets within IPv4 whose header says by an option of which VPN they are. The options and who reads them
 * besides: {@link io.vireo.dataplane.path.VpnIdOption}.
 *
 * <ul>
 *   <li>Generated: the option alone, at the end of the header; of the experimental one the flow identifier too, if the tunnel has it.
 *   <li>Accepted: either option, whichever the tunnel itself sends, and padding beside it.
 *   <li>Of other kinds of tunnels, too, packets are received that have a VPN-ID and no other option: they were marked underneath. Between
 *       the addresses of a VNS tunnel IP in IP with an id is VNS, though.
 *   <li>Left to the kernel: fragments, and what comes from where no tunnel's far end is.
 *   <li>Dropped: the id of no tunnel between the addresses, or none; two ids, options that are cut off, and every other option, of which a
 *       far end sends none.
 * </ul>
 *
 * There is no such tunnel within IPv6, which has no place for options that every router looks at alike.
 */
@NullMarked
package io.vireo.dataplane.encapsulation.vns;

import org.jspecify.annotations.NullMarked;
