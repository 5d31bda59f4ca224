/**
 * The generator and sink: a process of its own, with its own DPDK and its own core, so that nothing of the device under test
 * is shared but the wire.
 *
 * <p>One thread sends and receives. The sender is open-loop: {@link io.vireo.bench.linerate.traffic.Pacer} says when each
 * frame is due, and a frame the device has no room for is lost, not waited for. Every frame carries its flow, its number in
 * the flow and the moment when it was due; latency is measured from that moment, so a stall is charged to every frame that
 * should have been sent meanwhile (this is what "corrected for coordinated omission" means).
 *
 * <p>The process reads requests from its standard input, a line each, and answers on its standard output: see
 * {@link io.vireo.bench.linerate.traffic.GeneratorMain}. It ends when its input does, so it cannot outlive the command.
 */
@NullMarked
package io.vireo.bench.linerate.traffic;

import org.jspecify.annotations.NullMarked;
