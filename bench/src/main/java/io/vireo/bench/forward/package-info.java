/**
 * {@code vireo bench forward}: how many packets per second one core forwards, beside DPDK's own {@code testpmd} (swaps two
 * addresses or does nothing, looks nothing up) and {@code l3fwd} (one longest-prefix match), in one run on one machine.
 *
 * <p>A {@code ScenarioGroup} lets contenders run in turn; Vireo's have a {@code Workload} each. Before it is measured, what a workload
 * sends is decoded frame by frame; while it is measured, packets are counted at both ends.
 *
 * <p>All poll the same kind of device, {@code net_pcap} with {@code infinite_rx}: it hands out copies of the frames of
 * a capture file for ever, and drops what is sent to it after counting it. So no NIC and no second machine is needed, and
 * the cost of the device is the same for all.
 */
@NullMarked
package io.vireo.bench.forward;

import org.jspecify.annotations.NullMarked;
