package io.vireo.control.api;

import io.vireo.control.http.ApiException;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation.Parameter;
import io.vireo.control.view.InterfacePath;
import org.jspecify.annotations.Nullable;

/** Reads {@code VPN/ROUTER/INTERFACE}. */
final class InterfacePaths {
    /** The query parameter that confines an operation to one interface. */
    static final Parameter QUERY = new Parameter("interface", "string", "VPN/ROUTER/INTERFACE; all when left out.");

    private InterfacePaths() {}

    /** The interface that {@link #QUERY} asks for, or null. */
    static @Nullable InterfacePath inQuery(Exchange exchange) throws ApiException {
        String text = exchange.query(QUERY.name());
        return text == null ? null : parse(QUERY.name(), text);
    }

    static InterfacePath parse(String parameter, String text) throws ApiException {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw ApiException.badRequest(parameter, "'" + text + "' is not VPN/ROUTER/INTERFACE");
        }
        return new InterfacePath(parts[0], parts[1], parts[2]);
    }
}
