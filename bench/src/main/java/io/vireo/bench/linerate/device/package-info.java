/**
 * The devices under test, each a process of its own on the same core with the same kind of ports: Vireo's unmodified data
 * plane, and DPDK's {@code testpmd} and {@code l3fwd}. Frames come in by the first port and leave by the second.
 */
@NullMarked
package io.vireo.bench.linerate.device;

import org.jspecify.annotations.NullMarked;
