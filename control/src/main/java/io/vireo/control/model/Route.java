package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A static route.
 *
 * @param prefix        the destination.
 * @param kind          what becomes of a packet.
 * @param via           gateways of the same family, at most {@link Limits#MAX_NEXT_HOPS}; empty when the destination is
 *                      on-link or the kind is not {@link StaticRouteKind#UNICAST}.
 * @param interfaceName the interface to leave by, or null to have it follow from the gateways.
 * @param onLink        whether the gateways are taken to be on the link of that interface although no subnet says so.
 * @param labels        with which packets leave, at most {@link Limits#MAX_OUT_LABELS}, or null for none.
 */
public record Route(
        IpPrefix prefix,
        StaticRouteKind kind,
        List<IpAddress> via,
        @Nullable String interfaceName,
        boolean onLink,
        @Nullable OutgoingLabels labels) {

    public Route {
        via = List.copyOf(via);
    }

    /** A route whose packets leave without labels. */
    public Route(
            IpPrefix prefix,
            StaticRouteKind kind,
            List<IpAddress> via,
            @Nullable String interfaceName,
            boolean onLink) {
        this(prefix, kind, via, interfaceName, onLink, null);
    }
}
