/**
 * Brings documents onto nodes: onto all of them, or onto none. Two-phase commit with presumed abort (Mohan, Lindsay and Obermarck,
 * "Transaction management in the R* distributed database management system", 1986), by participants whose vote is leased and by
 * coordinators of which one is leader at a time. Knows nothing of networks.
 *
 * <pre>
 *   reserve on all, in parallel ──all hold──▶ decide: one write to the disk ──▶ commit on all, in parallel
 *        │ one refuses, is away, or the lease is half over                          │ one is away or refuses
 *        ▼                                                                          ▼
 *   release on all: nothing was changed                                 pending: asked again each round until it has it
 * </pre>
 *
 * <ul>
 *   <li>What holds: a decision that is on the disk is carried out, by this process or the next; without one nothing is, and
 *       reservations end by their leases or by the next leader's. So a coordinator may be killed between any two instructions, and
 *       a node's control too.
 *   <li>Nothing is written before the decision, and a decision is one transaction with all its parts. It is written only by who
 *       is leader then, and only while at least half of the lease is left to commit in.
 *   <li>A node that was away at the commit may have lost its reservation by its lease. What is decided is then reserved again,
 *       on condition that the version there is still the one that it was reserved on, and committed. Where it is not,
 *       somebody changed the node by hand: that is reported and tried again each round, until the node is as it was, or a newer
 *       decision has a part for it. A newer decision asks for no base version: it brings whole documents, and they win.
 *   <li>A node is not asked for an older decision's part once a newer one has a part for it. Who asks for it nevertheless,
 *       having been leader once, is refused by its token.
 *   <li>Make before break: a set-up may have phases. The first is reserved and decided as above; the decision has the others
 *       in it, and each is brought, node by node, once all nodes have the one before. What only takes away cannot be refused for
 *       want of room; should it be refused it is tried again each round, and what was made works on.
 * </ul>
 *
 * What is not: while one node is away for good the others have the new document and it has the old one. Nobody could do better
 * without its answer (Gray, "Notes on data base operating systems", 1978); it is reported as pending.
 */
@NullMarked
package io.vireo.control.network.transaction;

import org.jspecify.annotations.NullMarked;
