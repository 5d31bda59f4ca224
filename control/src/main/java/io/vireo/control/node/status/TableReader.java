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
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Those routes that are asked for, in the order of their prefixes. */
    public CompletableFuture<TablePart<RouteStatus>> routes(TableQuery query) {
        RouteDump dump = new RouteDump(query);
        session.dumpRoutes(router.routerId(), dump);
        return dump.result;
    }

    /** Those neighbours that are asked for, by interface and address. */
    public CompletableFuture<TablePart<NeighbourStatus>> neighbours(TableQuery query) {
        NeighbourDump dump = new NeighbourDump(query);
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
        String labels = nextHop.labels() == null ? null : nextHop.labels().toString();
        return new RouteStatus.NextHop(name(nextHop.interfaceId()), via, nextHop.weight(), labels);
    }

    private final class RouteDump implements DataplaneAnswers.Dump {
        private final CompletableFuture<TablePart<RouteStatus>> result = new CompletableFuture<>();
        private final RouteRows found;

        private RouteDump(TableQuery query) {
            found = new RouteRows(query);
        }

        @Override
        public void onRoute(IpPrefix prefix, ForwardingRoute route) {
            found.add(prefix, route);
        }

        @Override
        public void onEnd(long entries) {
            result.complete(found.part(TableReader.this::status));
        }

        @Override
        public void onFailure(String reason) {
            result.completeExceptionally(new DataplaneAbsentException(reason));
        }
    }

    private final class NeighbourDump implements DataplaneAnswers.Dump {
        private final CompletableFuture<TablePart<NeighbourStatus>> result = new CompletableFuture<>();
        private final List<NeighbourStatus> found = new ArrayList<>();
        private final TableQuery query;

        private NeighbourDump(TableQuery query) {
            this.query = query;
        }

        @Override
        public void onNeighbour(int interfaceId, IpAddress address, long macBits) {
            if (query.includes(address)) {
                String mac = new MacAddress(macBits).toString();
                found.add(new NeighbourStatus(name(interfaceId), address.toString(), mac));
            }
        }

        @Override
        public void onEnd(long entries) {
            found.sort(Comparator.comparing(NeighbourStatus::interfaceName).thenComparing(NeighbourStatus::address));
            result.complete(TablePart.of(found, query.limit()));
        }

        @Override
        public void onFailure(String reason) {
            result.completeExceptionally(new DataplaneAbsentException(reason));
        }
    }
}
