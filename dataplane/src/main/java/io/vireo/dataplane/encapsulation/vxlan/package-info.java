/**
 * VXLAN (RFC 7348): Ethernet frames behind a UDP header and eight bytes with the VXLAN network identifier (VNI), over IPv4 or IPv6. Here
 * it is a tunnel between two ends, each of which knows the other by its address; nothing is flooded or learned.
 */
@NullMarked
package io.vireo.dataplane.encapsulation.vxlan;

import org.jspecify.annotations.NullMarked;
