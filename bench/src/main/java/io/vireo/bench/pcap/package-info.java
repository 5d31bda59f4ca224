/** Capture files, as benchmarks offer frames to a device and as the demo reads what a host saw. */
@NullMarked
package io.vireo.bench.pcap;

import org.jspecify.annotations.NullMarked;
