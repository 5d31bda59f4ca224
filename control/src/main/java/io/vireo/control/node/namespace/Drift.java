package io.vireo.control.node.namespace;

/**
 * A difference of a virtual router's namespace from what the configuration says.
 *
 * @param subject what differs, such as {@code address 10.0.0.1/24 of left}
 * @param text how, such as {@code missing}
 */
public record Drift(String subject, String text) {
    @Override
    public String toString() {
        return subject + " (" + text + ")";
    }
}
