/**
 * The control process: {@link io.vireo.control.ControlMain} puts its parts together.
 *
 * <p>{@code model} (what is wanted) ← {@code store} (kept), {@code view} (what there is) ← {@code node} and {@code linux}
 * (made so) ← {@code desired} (changed by rules) ← {@code api} (asked for) ← {@code cli} (typed).
 */
@NullMarked
package io.vireo.control;

import org.jspecify.annotations.NullMarked;
