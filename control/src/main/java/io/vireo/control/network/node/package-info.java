/**
 * One node as the controller asks it to change: reserve a whole document, commit it, release it. The three are what a
 * transaction needs of a participant; reading a node is {@code watch}'s.
 *
 * <p>A call has three ends, and callers need to know no more: it was done; the node refused it, and says why; or nobody knows,
 * because the node did not answer in time: it may have done it, or may do it yet. Each call is idempotent, so that who does not
 * know asks again. A fourth belongs to commit alone: the reservation is not held any more.
 *
 * <p>Every call carries the token of the leader ({@code transaction.Leadership}); the node keeps the highest and refuses lower ones.
 * No call outlives its deadline by more than closing a socket takes.
 */
@NullMarked
package io.vireo.control.network.node;

import org.jspecify.annotations.NullMarked;
