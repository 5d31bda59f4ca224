/**
 * The desired state, kept: versions of the configuration, what is reserved to become one, and the identities of what they name, in one
 * SQLite file per node or controller; of a controller, what it decided. What was committed survives the loss of the process and of power.
 *
 * <p>Knows how to keep, not what it means: documents are text here.
 */
@NullMarked
package io.vireo.control.store;

import org.jspecify.annotations.NullMarked;
