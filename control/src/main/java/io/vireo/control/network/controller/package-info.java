/**
 * Keeps the versions of a network and decides: what {@code desired} is to a node this is to a network.
 *
 * <p>What it promises. A change is planned first, by a {@link io.vireo.control.network.controller.PartPlanner}, against what is
 * there: if the document is wrong or does not fit, nothing anywhere has changed, and the answer names what. Then it is committed as
 * a version that was never applied, with the parts of all nodes and what the planner allocated, in one row of the store; then it is
 * brought onto the nodes ({@link io.vireo.control.network.controller.Mesh}), onto all or onto none. If a node refuses, the version
 * is withdrawn and its number not used again. Only then it is acknowledged. Whenever the controller dies in between, its next start
 * asks the mesh whether the version that was never applied was decided: then it is applied, else it is withdrawn.
 *
 * <p>A trial is reverted unless it is confirmed in time, by the rules of a node's ({@link io.vireo.control.desired.Trials}).
 *
 * <p>Nodes are watched. A substrate link that has lost its carrier is planned around, as a version of the controller's own; nothing
 * is planned anew because a node's control restarts, for its packets go on.
 */
@NullMarked
package io.vireo.control.network.controller;

import org.jspecify.annotations.NullMarked;
