package io.vireo.control.node.routing.frr;

import io.vireo.control.model.Routing;
import java.util.List;

/** Debian's package of FRR. */
public final class FrrPackage {
    public static final String NAME = "frr";

    private FrrPackage() {}

    /** The programs that routing needs and that are not there. */
    public static List<String> missing(Routing routing) {
        return Frr.needed(routing).stream()
                .filter(daemon -> !daemon.isInstalled())
                .map(daemon -> daemon.program().toString())
                .toList();
    }
}
