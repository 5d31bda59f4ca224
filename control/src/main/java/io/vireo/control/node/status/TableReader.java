package io.vireo.control.node.status;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.MacAddress;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.NeighbourStatus;
import io.vireo.control.view.RouteStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads the tables of a virtual router out of the data plane. Only the node agent's thread uses it. */
public final class TableReader {
    private final DataplaneSession session;
    private final RouterPlan router;
    private final Map<Integer, String> names = new HashMap<>();

    public TableReader(DataplaneSession session, RouterPlan router) {
        this.session = session;
        this.router = router;
        router.interfaces().forEach(element -> names.put(element.interfaceId(), element.name()));
    }

    public CompletableFuture<List<RouteStatus>> routes() {
        RouteDump dump = new RouteDump();
        session.dumpRoutes(router.routerId(), dump);
        return dump.result;
    }

    public CompletableFuture<List<NeighbourStatus>> neighbours() {
        NeighbourDump dump = new NeighbourDump();
        session.dumpNeighbours(router.routerId(), dump);
        return dump.result;
    }

    private String name(int interfaceId) {
        return names.getOrDefault(interfaceId, "interface " + interfaceId);
    }

    private RouteStatus status(IpPrefix prefix, ForwardingRoute route) {
        return new RouteStatus(
                prefix.toString(),
                route.kind().name().toLowerCase(Locale.ROOT),
                route.nextHops().stream()
                        .map(nextHop -> nextHop(prefix, nextHop))
                        .toList());
    }

    private RouteStatus.NextHop nextHop(IpPrefix prefix, ForwardingRoute.NextHop nextHop) {
        IpAddress gateway = nextHop.gateway(prefix.family());
        String via =
                gateway == null || gateway.equals(prefix.network()) ? null : gateway.toString(); // a host's: itself
        return new RouteStatus.NextHop(name(nextHop.interfaceId()), via, nextHop.weight());
    }

    private final class RouteDump implements DataplaneAnswers.Dump {
        private final CompletableFuture<List<RouteStatus>> result = new CompletableFuture<>();
        private final Map<IpPrefix, ForwardingRoute> found = new TreeMap<>();

        @Override
        public void onRoute(IpPrefix prefix, ForwardingRoute route) {
            found.put(prefix, route);
        }

        @Override
        public void onEnd(long entries) {
            List<RouteStatus> routes = new ArrayList<>(found.size());
            found.forEach((prefix, route) -> routes.add(status(prefix, route)));
            result.complete(routes);
        }

        @Override
        public void onFailure(String reason) {
            result.completeExceptionally(new DataplaneAbsentException(reason));
        }
    }

    private final class NeighbourDump implements DataplaneAnswers.Dump {
        private final CompletableFuture<List<NeighbourStatus>> result = new CompletableFuture<>();
        private final List<NeighbourStatus> found = new ArrayList<>();

        @Override
        public void onNeighbour(int interfaceId, IpAddress address, long macBits) {
            String mac = new MacAddress(macBits).toString();
            found.add(new NeighbourStatus(name(interfaceId), address.toString(), mac));
        }

        @Override
        public void onEnd(long entries) {
            found.sort(Comparator.comparing(NeighbourStatus::interfaceName).thenComparing(NeighbourStatus::address));
            result.complete(List.copyOf(found));
        }

        @Override
        public void onFailure(String reason) {
            result.completeExceptionally(new DataplaneAbsentException(reason));
        }
    }
}
