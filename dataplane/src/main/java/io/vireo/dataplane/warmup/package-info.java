/**
 * What happens before the first packet: a data plane in small, with a conductor, a worker and a made-up device of its own,
 * forwards for a moment and is thrown away.
 *
 * <p>It is for the JIT. Left to itself, the JVM compiles the path for what it sees first, which is a port whose interfaces
 * are still being configured, every packet dropped; and it keeps to that: without a warm-up the same data plane forwarded 14
 * or 20 million packets per second, as it happened ({@code vireo bench forward}).
 */
@NullMarked
package io.vireo.dataplane.warmup;

import org.jspecify.annotations.NullMarked;
