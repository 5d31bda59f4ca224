/**
 * Changes the desired state: reads and checks a document, commits it, applies it to the node, and withdraws it when the
 * node refuses it or nobody confirms it. The only place that writes to the store's versions.
 *
 * <p>Takes documents from the API; leaves committed versions in the store and a configured node behind.
 */
@NullMarked
package io.vireo.control.desired;

import org.jspecify.annotations.NullMarked;
