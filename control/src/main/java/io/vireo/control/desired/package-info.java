/**
 * Changes the desired state: reads and checks a document, commits it, applies it to the node, and withdraws it when the
 * node refuses it or nobody confirms it. Holds a document for a transaction over many nodes, and commits it when that is
 * decided. The only place that writes to the store's versions and reservations.
 *
 * <p>Takes documents from the API; leaves committed versions in the store and a configured node behind.
 */
@NullMarked
package io.vireo.control.desired;

import org.jspecify.annotations.NullMarked;
