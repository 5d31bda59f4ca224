package io.vireo.control.node.trace;

import java.util.Collections;
import java.util.Map;

/**
 * An IP header, or a stack of labels, with all there is between it and the next IP header.
 *
 * @param kind   what it makes together: {@code ip}, {@code ipip}, {@code gre}, {@code udp vxlan}; {@code ip} is the innermost.
 * @param fields the headers' fields, in the order of their bytes; {@code source} and {@code destination} when it is IP.
 */
record Layer(String kind, Map<String, String> fields) {
    static final String SOURCE = "source";
    static final String DESTINATION = "destination";

    Layer {
        fields = Collections.unmodifiableMap(fields);
    }
}
