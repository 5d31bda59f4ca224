/**
 * HTTP/1.1 and JSON over a Unix domain socket: what the APIs of nodes and of the controller have in common.
 *
 * <p>Every operation is an {@link io.vireo.control.http.Operation}: the same list dispatches requests and writes the
 * OpenAPI document, so that what is served is what is described. Who may call is decided from the peer's credentials
 * alone ({@link io.vireo.control.http.AccessPolicy}). Errors are problem documents (RFC 9457); which exception is which says
 * an {@link io.vireo.control.http.ErrorTable}. Nothing here knows what is served.
 */
@NullMarked
package io.vireo.control.http;

import org.jspecify.annotations.NullMarked;
