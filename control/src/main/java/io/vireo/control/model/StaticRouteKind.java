package io.vireo.control.model;

/** What a static route does with a packet. */
public enum StaticRouteKind {
    /** Sends it on, to a gateway or on-link. */
    UNICAST,
    /** Drops it silently. */
    BLACKHOLE,
    /** Answers with "destination unreachable". */
    UNREACHABLE,
    /** Answers with "administratively prohibited". */
    PROHIBIT
}
