/**
 * FRR's daemons for a virtual router: zebra, and those of its protocol. {@link io.vireo.control.node.routing.frr.FrrConfiguration} writes
 * what each is to do as {@link io.vireo.control.node.routing.frr.Statements}; the difference between two of those is said to a daemon that
 * runs ({@link io.vireo.control.node.routing.frr.StatementChanges}) over the socket that vtysh uses. Tried with 8.4.4.
 */
@NullMarked
package io.vireo.control.node.routing.frr;

import org.jspecify.annotations.NullMarked;
