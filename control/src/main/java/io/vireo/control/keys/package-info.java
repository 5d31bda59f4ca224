/**
 * The exchange of keys between the ends of ESP tunnels, by somebody who may speak to both nodes: RFC 9061's case without IKE.
 *
 * <pre>
 *   far end (receives)              exchange              near end (sends)
 *      │                              │ ── status ──────────▶ │ incarnation, ticket
 *      │ ◀────────────── offer ────── │                       │
 *      │ makes SPI, key, salt;        │                       │
 *      │ receives by them ─── key ──▶ │ ── accept ──────────▶ │ sends by it from now on, forgets the one before
 *      │ ◀─ retire, 1.5 s later ───── │                       │
 * </pre>
 *
 * One direction at a time. Whatever dies between two steps, nothing is sent in clear, and no key is accepted twice: an accept counts
 * for one incarnation of the data plane, and for one ticket. A step that fails is not repeated; the next round begins with another
 * key. Keys that nobody sends by are retired.
 */
@NullMarked
package io.vireo.control.keys;

import org.jspecify.annotations.NullMarked;
