/**
 * Virtual links that are carried in the frames of a port, without IP (Network Diversification, sections II and III): an ethertype of
 * their own, and a header that says which virtual link of the substrate link it is, and how long the packet is.
 */
@NullMarked
package io.vireo.dataplane.encapsulation.substrate;

import org.jspecify.annotations.NullMarked;
