/**
 * The stages of the packet path by themselves, and all of them as a worker's round.
 *
 * <p>{@code PathRig} is a data plane without threads: a conductor takes the commands of a {@code Workload} of {@code bench
 * forward}, and the stages are called by the case. {@code MicroWorkloads} says how many routers the packets are spread over, and so how
 * cold everything is.
 */
@NullMarked
package io.vireo.bench.micro.path;

import org.jspecify.annotations.NullMarked;
