/**
 * The API of the controller, on its socket, under {@code /v1}: its operations, served by {@link io.vireo.control.http} in the
 * same style as a node's, so that who knows one knows the other.
 */
@NullMarked
package io.vireo.control.network.api;

import org.jspecify.annotations.NullMarked;
