package io.vireo.control.lab.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link of a lab: a veth pair.
 *
 * @param a   one end.
 * @param b   the other end.
 * @param mtu largest IP packet that can pass, in bytes; or null for what the ports it joins need.
 */
public record LabLink(LabEnd a, LabEnd b, @Nullable Integer mtu) {

    /** Both ends. */
    public List<LabEnd> ends() {
        return List.of(a, b);
    }

    /** As messages name it, such as {@code a/p1 -- h1/eth0}. */
    public String label() {
        return a.label() + " -- " + b.label();
    }
}
