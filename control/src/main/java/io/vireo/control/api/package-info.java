/**
 * The control socket: HTTP/1.1 and JSON over a Unix domain socket, under {@code /v1}.
 *
 * <p>Every operation is an {@link io.vireo.control.api.Operation}: the same list dispatches requests and writes the
 * OpenAPI document, so that what is served is what is described. Who may call is decided from the peer's credentials
 * alone ({@link io.vireo.control.api.AccessPolicy}). Errors are problem documents (RFC 9457).
 */
@NullMarked
package io.vireo.control.api;

import org.jspecify.annotations.NullMarked;
