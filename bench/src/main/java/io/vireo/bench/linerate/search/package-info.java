/**
 * Which load a device carries: the searches, without a device. They ask a {@link io.vireo.bench.linerate.search.Measurer}
 * for trials, so a simulated device answers them in tests.
 *
 * <ul>
 *   <li>{@link io.vireo.bench.linerate.search.MlrSearch}: RFC 9971, Multiple Loss Ratio Search, for NDR and PDR in one go.
 *   <li>{@link io.vireo.bench.linerate.search.ThroughputSearch}: RFC 2544 §26.1, halving until no frame is lost.
 *   <li>{@link io.vireo.bench.linerate.search.BurstSearch}: RFC 9004, the longest burst without a loss.
 * </ul>
 */
@NullMarked
package io.vireo.bench.linerate.search;

import org.jspecify.annotations.NullMarked;
