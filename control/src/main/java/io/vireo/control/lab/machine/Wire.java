package io.vireo.control.lab.machine;

import io.vireo.control.lab.topology.LabDesign;
import io.vireo.control.lab.topology.LabLink;
import io.vireo.control.lab.topology.LabNames;
import java.util.List;

/**
 * The veth pair of a link.
 *
 * @param label the link, as messages name it.
 * @param a     one end: one in the machine's namespace, if either is.
 * @param b     the other end.
 * @param mtu   of both, in bytes.
 * @param mark  the alias of both.
 */
public record Wire(String label, WireEnd a, WireEnd b, int mtu, String mark) {

    /** The veth pairs of a lab. */
    public static List<Wire> of(LabDesign design) {
        return design.topology().links().stream().map(link -> of(design, link)).toList();
    }

    private static Wire of(LabDesign design, LabLink link) {
        LabNames names = design.topology().names();
        WireEnd a = WireEnd.of(names, link.a());
        WireEnd b = WireEnd.of(names, link.b());
        // `ip link add` puts the first end where it runs, and the second where it is said.
        boolean isSwapped = a.isOfHost() && !b.isOfHost();
        return new Wire(link.label(), isSwapped ? b : a, isSwapped ? a : b, design.mtu(link), names.mark(link));
    }

    /** Both ends. */
    public List<WireEnd> ends() {
        return List.of(a, b);
    }
}
