package io.vireo.control.node.audit;

import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.mirror.PrefixSet;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the data plane's routes of one router with what it should have; then come the neighbours. Part of {@link
 * Audit}.
 */
final class RouteComparison implements DataplaneAnswers.Dump {
    private final AuditRound round;
    private final VirtualRouter router;
    private final DataplaneSession session;
    private final PrefixSet seen = new PrefixSet();
    private final Map<IpPrefix, ForwardingRoute> differing = new HashMap<>();

    RouteComparison(AuditRound round, VirtualRouter router, DataplaneSession session) {
        this.round = round;
        this.router = router;
        this.session = session;
    }

    @Override
    public void onRoute(IpPrefix prefix, ForwardingRoute route) {
        seen.add(prefix);
        if (!route.equals(router.sync().expected(prefix))) {
            differing.put(prefix, route);
        }
    }

    @Override
    public void onEnd(long entries) {
        round.compared(entries);
        if (entries == seen.size()) { // otherwise events were lost, and the next round sees better
            differing.forEach((prefix, found) -> repair(prefix, found));
            router.sync().forEachExpected(prefix -> {
                if (!seen.contains(prefix)) {
                    repair(prefix, null);
                }
            });
            round.routerCompared(router);
        }
        session.dumpNeighbours(router.sync().routerId(), new NeighbourComparison(round, router, session));
    }

    @Override
    public void onFailure(String reason) {
        round.routerDone(router);
    }

    private void repair(IpPrefix prefix, @Nullable ForwardingRoute found) {
        ForwardingRoute expected = router.sync().expected(prefix);
        if (router.sync().isTouched(prefix) || Objects.equals(found, expected)) {
            return;
        }
        if (expected == null || round.isFull()) {
            report(prefix, found, expected);
            router.sync().programRoute(prefix, expected);
        } else {
            String key = report(prefix, found, expected);
            session.repairRoute(round.refusals(), key, router.sync().routerId(), prefix, expected);
        }
    }

    private String report(IpPrefix prefix, @Nullable ForwardingRoute found, @Nullable ForwardingRoute expected) {
        return round.report(
                router, "route " + prefix, "the data plane had " + text(found) + ", Linux says " + text(expected));
    }

    private static String text(@Nullable Object route) {
        return route == null ? "none" : route.toString();
    }
}
