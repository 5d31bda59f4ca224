package io.vireo.dataplane.nexthop;

import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;

/** The next hops that lead to no neighbour, at fixed indices: one for "no route" and one for each other kind of route. */
public final class SpecialNextHops {
    /** What a lookup answers when nothing matches. */
    public static final int NO_ROUTE = 0;

    private static final int LOCAL = 1;
    private static final int BLACKHOLE = 2;
    private static final int UNREACHABLE = 3;
    private static final int PROHIBIT = 4;
    private static final int PUNT = 5;

    /** Indices below this are special. */
    public static final int COUNT = 8;

    private SpecialNextHops() {}

    /** The next hop of routes of a kind other than UNICAST. */
    public static int of(RouteKind kind) {
        return switch (kind) {
            case LOCAL -> LOCAL;
            case BLACKHOLE -> BLACKHOLE;
            case UNREACHABLE -> UNREACHABLE;
            case PROHIBIT -> PROHIBIT;
            case PUNT -> PUNT;
            case UNICAST -> throw new IllegalArgumentException("a UNICAST route has next hops of its own");
        };
    }

    public static boolean isSpecial(int nextHop) {
        return nextHop < COUNT;
    }

    /** Writes the records. Once, before any worker runs. */
    public static void define(AdjacencyTable table) {
        table.setDisposition(NO_ROUTE, Disposition.punt(PuntReason.NO_ROUTE));
        table.setDisposition(LOCAL, Disposition.punt(PuntReason.LOCAL));
        table.setDisposition(BLACKHOLE, Disposition.drop(DropReason.BLACKHOLE));
        table.setDisposition(UNREACHABLE, Disposition.punt(PuntReason.UNREACHABLE));
        table.setDisposition(PROHIBIT, Disposition.punt(PuntReason.PROHIBIT));
        table.setDisposition(PUNT, Disposition.punt(PuntReason.PUNT_ROUTE));
    }
}
