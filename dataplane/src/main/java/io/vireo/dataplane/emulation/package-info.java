/**
 * Emulated wires: what an interface sends is delayed, lost, reordered, duplicated and held to a rate, as configured.
 *
 * <pre>
 *   schedule ─► Emulator.hold ─► limit ─► rate: when has it left? ─► lost? ─► delay ─► HeldFrames (DelayWheel)
 *      ▲         by target: only frames of such interfaces                    twice?        │ due
 *      └──────────── tx frames of the round, unmarked ◄──────── Emulator.release ◄──────────┘
 * </pre>
 *
 * <ul>
 *   <li>Takes: frames to send whose target has the mark {@link io.vireo.dataplane.path.TxFrames#emulated}: adjacencies and
 *       interface records carry it, so whoever sends (modify, tunnels, answers, the injector) does so without asking.
 *   <li>Leaves: each, when it is due, among the tx frames of a later round: it goes on to its port's queue or its link as if it had
 *       just been sent.
 *   <li>Counters: drops {@code EMULATED_LOSS} and {@code EMULATION_QUEUE_FULL}; {@code EGRESS_DOWN} for what was on the wire of an
 *       interface that has gone. Sent packets are counted where they really leave.
 * </ul>
 *
 * <p>Threads: a wire belongs to the worker that sends for its port; a link's, to whichever worker has the packet, so that the time
 * until which a wire is busy is shared (compare-and-set) and everything left to chance is each worker's own. Parameters are
 * immutable records: the conductor fills a new one and shows it by one store ({@link
 * io.vireo.dataplane.emulation.EmulationTable}), so that a change loses nothing that is on its way.
 */
@NullMarked
package io.vireo.dataplane.emulation;

import org.jspecify.annotations.NullMarked;
