package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** What becomes of a packet whose longest match is the route. */
public enum RouteKind {
    /** Forwarded to one of the next hops. */
    UNICAST(1),
    /** For this router itself: punted. */
    LOCAL(2),
    /** Dropped in silence. */
    BLACKHOLE(3),
    /** Punted, so that the kernel answers host unreachable. */
    UNREACHABLE(4),
    /** Punted, so that the kernel answers administratively prohibited. */
    PROHIBIT(5),
    /** Punted for another reason, for example a broadcast address. */
    PUNT(6);

    private static final CodeTable<RouteKind> BY_CODE = new CodeTable<>(values(), RouteKind::code);

    private final int code;

    RouteKind(int code) {
        this.code = code;
    }

    /** Returns the number that stands for it in messages. */
    public int code() {
        return code;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable RouteKind ofCode(int code) {
        return BY_CODE.get(code);
    }
}
