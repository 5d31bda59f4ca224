/**
 * The API of a node, on its control socket, under {@code /v1}: its operations, served by {@link io.vireo.control.http}.
 */
@NullMarked
package io.vireo.control.api;

import org.jspecify.annotations.NullMarked;
