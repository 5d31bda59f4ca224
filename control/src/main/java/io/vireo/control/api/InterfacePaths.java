package io.vireo.control.api;

import io.vireo.control.api.Operation.Parameter;
import io.vireo.control.view.InterfacePath;
import org.jspecify.annotations.Nullable;

/** Reads {@code VPN/ROUTER/INTERFACE}. */
final class InterfacePaths {
    /** The query parameter that confines an operation to one interface. */
    static final Parameter QUERY = new Parameter("interface", "string", "VPN/ROUTER/INTERFACE; all when left out.");

    private InterfacePaths() {}

    /** The interface that {@link #QUERY} asks for, or null. */
    static @Nullable InterfacePath inQuery(final Exchange exchange) throws ApiException {
        final String text = exchange.query(QUERY.name());
        return text == null ? null : parse(QUERY.name(), text);
    }

    static InterfacePath parse(final String parameter, final String text) throws ApiException {
        final String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw ApiException.badRequest(parameter, "'" + text + "' is not VPN/ROUTER/INTERFACE");
        }
        return new InterfacePath(parts[0], parts[1], parts[2]);
    }
}
