/**
 * {@code vireo bench start}: how long it takes from exec of the data plane's process until it takes commands, forwards a first
 * packet, and forwards at 95 % of its steady rate.
 *
 * <p>{@code VireoStart} starts the process as {@code bench forward} does and configures it while a {@code CounterPoller} on the other
 * CPU reads the shared counters; the {@code RateCurve} it returns shows when what was reached. {@code PeerStart} does the
 * same with DPDK's own programs, as far as their telemetry lets it.
 */
@NullMarked
package io.vireo.bench.start;

import org.jspecify.annotations.NullMarked;
