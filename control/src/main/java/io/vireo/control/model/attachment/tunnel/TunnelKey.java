package io.vireo.control.model.attachment.tunnel;

/**
 * By what tunnels of a kind differ that are between the same addresses.
 *
 * @param field that holds it in the document.
 */
public record TunnelKey(String field, Object value) {}
