package io.vireo.control.api;

import io.vireo.control.view.InterfacePath;

/** Reads {@code VPN/ROUTER/INTERFACE}. */
final class InterfacePaths {

    private InterfacePaths() {}

    static InterfacePath parse(final String parameter, final String text) throws ApiException {
        final String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw ApiException.badRequest(parameter, "'" + text + "' is not VPN/ROUTER/INTERFACE");
        }
        return new InterfacePath(parts[0], parts[1], parts[2]);
    }
}
