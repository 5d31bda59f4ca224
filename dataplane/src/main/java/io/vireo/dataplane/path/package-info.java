/**
 * A packet's way through a worker: the burst that every stage works on, and what becomes of a packet that leaves it.
 *
 * <p>Seven stages, each a package below this one; their alphabetical order is the packet's order. Two more packages are no
 * stages: where packets go that leave the common loops, and how they change workers.
 *
 * <pre>
 *   ports, links ─► arrive ─► check ─► classify ─► forward ─► modify ─► schedule ─► transmit ─► ports
 *                     ▲                   │                     │          │
 *                     │                   └──────► exception ◄──┘          ├──► links: arrive of the next round
 *                     │                        (dropped, punted)           │
 *                     └────────────────────── handover ◄───────────────────┘ to the worker that sends for the port
 * </pre>
 *
 * A stage sees the burst and the tables, never a later stage.
 */
@NullMarked
package io.vireo.dataplane.path;

import org.jspecify.annotations.NullMarked;
