/**
 * {@code vireo bench forward}: how many packets per second one core forwards, beside DPDK's own {@code testpmd} (swaps two
 * addresses, looks nothing up) and {@code l3fwd} (one longest-prefix match), in one run on one machine.
 *
 * <p>All three poll the same kind of device, {@code net_pcap} with {@code infinite_rx}: it hands out copies of the frames of
 * a capture file for ever, and drops what is sent to it after counting it. So no NIC and no second machine is needed, and
 * the cost of the device is the same for all.
 */
@NullMarked
package io.vireo.bench.forward;

import org.jspecify.annotations.NullMarked;
