/**
 * What may be asked of the scheduler, as immutable values: service curves, their admission, filter rules and their
 * compilation.
 *
 * <p>Free of dependencies and free to allocate: control validates a configuration with the very code the data plane was
 * written against. Any thread. Nothing here runs on a worker except {@link
 * io.vireo.dataplane.schedule.policy.CompiledFilter}, on the flat image a {@link
 * io.vireo.dataplane.schedule.policy.ClassFilterCompiler} makes, and on the conductor {@link
 * io.vireo.dataplane.schedule.policy.FilterImageCheck} and {@link io.vireo.dataplane.schedule.policy.CurveDefect}, which do
 * not allocate.
 *
 * <h2>The forms of a curve</h2>
 *
 * <p>A curve is three numbers, m1 for d, then m2. It has as many forms as there are duties, and no more:
 *
 * <table>
 *   <caption>From the operator's text to the link, in this order</caption>
 *   <tr><td>{@code control.model.Curve}</td>
 *       <td>as the operator wrote it (a rate; m1, d, m2; a packet and its delay), so that it can be shown again so</td></tr>
 *   <tr><td>{@link io.vireo.dataplane.schedule.policy.ServiceCurve}</td>
 *       <td>what that means: immutable, and never one that is defective</td></tr>
 *   <tr><td>{@link io.vireo.dataplane.schedule.policy.CurveParameters}</td>
 *       <td>on its way from the command to the tree, in {@code ClassSpec}: reused,
 *           since nothing may allocate there, and perhaps absent or defective, since it came from another process</td></tr>
 *   <tr><td>{@code schedule.RuntimeCurve}</td>
 *       <td>the curve under way: where it has started, and its slopes as fixed-point numbers, in the class's own cache
 *           lines</td></tr>
 * </table>
 *
 * <p>{@code schedule.CurveChange} is no form: it is how one that is under way gets other numbers.
 */
@NullMarked
package io.vireo.dataplane.schedule.policy;

import org.jspecify.annotations.NullMarked;
