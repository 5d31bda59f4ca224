/**
 * {@code vireo bench linerate}: what a device under test carries on a wire, by RFC 2544, RFC 9004, RFC 6201 and RFC 9971.
 *
 * <p>{@code LinerateCommand} reads options and prints; {@code LinerateBench} runs the devices' {@code TestIteration}s interleaved;
 * a {@code Session} is one device with a generator of its own; {@code PunctualTrials} counts only trials in which the generator
 * kept to its schedule. Searches are in {@code search}, generator and frames in {@code traffic}, devices and wires in {@code
 * device}.
 */
@NullMarked
package io.vireo.bench.linerate;

import org.jspecify.annotations.NullMarked;
