/**
 * {@code vireo controller} and {@code vireo network}: the first starts and ends the controller's processes, the second is a client of its
 * API and nothing else, as {@code io.vireo.control.cli} is of a node's, whose pieces and exit statuses it shares.
 */
@NullMarked
package io.vireo.control.network.cli;

import org.jspecify.annotations.NullMarked;
