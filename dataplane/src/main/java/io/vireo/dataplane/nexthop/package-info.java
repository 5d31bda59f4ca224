/**
 * Where a route leads: adjacencies (one per neighbour or gateway, with the Ethernet header to write; one more upon it for each stack of
 * labels with which routes lead there) and groups of them.
 *
 * <p>A table's value is a next-hop index: an adjacency, or a group if {@link
 * io.vireo.dataplane.nexthop.NextHopGroups#isGroup} says so. Index 0 is "no route", so a lookup's result is always valid.
 * Workers read flat native memory; the conductor's state (keys, references) is kept apart from it.
 */
@NullMarked
package io.vireo.dataplane.nexthop;

import org.jspecify.annotations.NullMarked;
