package io.vireo.control.node.mirror;

import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane is to do with a prefix.
 *
 * @param route what it is programmed with, or null for nothing: then a shorter prefix counts
 * @param cause why the prefix is left to Linux, if that is a limitation; null otherwise
 */
record RouteDecision(
        @Nullable ForwardingRoute route, @Nullable PuntCause cause) {
    static final RouteDecision NONE = new RouteDecision(null, null);
    static final RouteDecision PUNT = new RouteDecision(ForwardingRoute.PUNT, null);

    static RouteDecision of(ForwardingRoute route) {
        return new RouteDecision(route, null);
    }

    static RouteDecision punt(PuntCause cause) {
        return new RouteDecision(ForwardingRoute.PUNT, cause);
    }

    /** As it is for that prefix: see {@link ForwardingRoute#towards}. */
    RouteDecision towards(IpPrefix prefix) {
        if (route == null) {
            return this;
        }
        ForwardingRoute towards = route.towards(prefix);
        return towards.equals(route) ? this : new RouteDecision(towards, cause);
    }

    boolean isSameRoute(RouteDecision other) {
        return Objects.equals(route, other.route);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof RouteDecision decision && cause == decision.cause && isSameRoute(decision));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return Objects.hashCode(route);
    }
}
