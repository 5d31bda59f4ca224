/**
 * The forwarding tables: longest-prefix match for IPv4 and IPv6, one table per virtual router, all in off-heap memory
 * that is reserved at start.
 *
 * <pre>
 *   conductor ──put, remove──► Rib (what was asked for) ──FibBuilder──► lookup nodes ──► lookup() ◄── workers
 *                                                                           │
 *                                          RetireQueue ◄──what was replaced─┘
 *                                               └─ freed when QuiescentState says that no worker can still see it
 * </pre>
 *
 * Threads: one writer, the conductor; any number of lock-free readers, the workers. Nothing here allocates on the Java
 * heap after construction. When memory runs out a change is refused ({@link io.vireo.dataplane.tables.RouteChange#FULL},
 * {@link io.vireo.dataplane.tables.RouteChange#BUSY}) and nothing has changed.
 */
@NullMarked
package io.vireo.dataplane.tables;

import org.jspecify.annotations.NullMarked;
