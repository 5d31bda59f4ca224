/**
 * Lists of members: tuples, first match first, their compilation into a flat image, and the look-up in it. Values and pure functions;
 * control compiles with the same code by which workers read.
 *
 * <ul>
 *   <li>What may be asked: {@link io.vireo.dataplane.membership.policy.MemberTuple}, {@link
 *       io.vireo.dataplane.membership.policy.MemberList}.
 *   <li>The image and its look-up: {@link io.vireo.dataplane.membership.policy.CompiledMembers}; who makes it: {@code MemberCompiler};
 *       who makes sure that it can do no harm: {@link io.vireo.dataplane.membership.policy.MemberImageCheck}.
 * </ul>
 */
@NullMarked
package io.vireo.dataplane.membership.policy;

import org.jspecify.annotations.NullMarked;
