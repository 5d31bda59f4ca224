package io.vireo.control.model;

import java.util.List;

/**
 * A virtual link that only crosses the node: what comes in by the one end leaves by the other, and no virtual router sees it.
 *
 * @param name unique on the node, at most {@link #MAX_NAME_LENGTH} characters.
 * @param a    an end, whose name is {@code NAME.a}; its attachment is an {@link Attachment.Crossing}.
 * @param b    the other one, {@code NAME.b}.
 */
public record Crossing(String name, Interface a, Interface b) {
    /** The ends are interfaces, too. */
    public static final int MAX_NAME_LENGTH = Limits.MAX_INTERFACE_NAME_LENGTH - ".a".length();

    public List<Interface> ends() {
        return List.of(a, b);
    }

    /** The name of the end {@code a} or {@code b} of a crossing. */
    public static String endName(String name, String end) {
        return name + "." + end;
    }

    /** The longest packet that it carries, in bytes. */
    public int mtu() {
        return a.mtu();
    }
}
