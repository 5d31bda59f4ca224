package io.vireo.control.api;

import io.vireo.control.desired.DesiredState;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Tables;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.telemetry.Metrics;
import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.AuditStatus;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.LabelStatus;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.MemberStatus;
import io.vireo.control.view.NeighbourStatus;
import io.vireo.control.view.Node;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.PortStatus;
import io.vireo.control.view.RouteStatus;
import io.vireo.control.view.RouterStatus;
import io.vireo.control.view.RoutingStatus;
import io.vireo.control.view.SystemCount;
import io.vireo.control.view.TraceReport;
import io.vireo.control.view.TraceRequest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running node over the API. */
final class ViewOperations {
    private static final String ROUTER = "/v1/vpns/{vpn}/routers/{router}";

    private final Node node;
    private final DesiredState desired;

    ViewOperations(Node node, DesiredState desired) {
        this.node = node;
        this.desired = desired;
    }

    /** Summary of the node. */
    record StatusView(
            String node,
            long configVersion,
            @Nullable Instant confirmBy,
            DataplaneStatus dataplane,
            int portCount,
            int vpnCount,
            int routerCount,
            int interfaceCount,
            long dropPackets,
            AuditStatus audit,
            List<AlarmStatus> alarms) {}

    /** A VPN on this node. */
    record VpnView(String name, long id, List<String> routers, List<String> links) {

        static VpnView of(Vpn vpn) {
            return new VpnView(
                    vpn.name(),
                    vpn.id(),
                    vpn.routers().stream().map(Router::name).toList(),
                    vpn.links().stream().map(link -> link.name()).toList());
        }
    }

    /** An interface and where it belongs. */
    record InterfaceView(String vpn, String router, String path, InterfaceStatus status) {}

    /** A frame to trace: the interface as {@code VPN/ROUTER/INTERFACE}, the untagged Ethernet frame in hexadecimal. */
    record TraceBody(String path, String frame) {}

    List<Operation> operations() {
        return List.of(
                Operation.get("/v1/status", "Summary of the node.", Body.json(StatusView.class), this::status),
                Tables.all(
                        "/v1/ports",
                        "Ports and their counters.",
                        PortStatus.class,
                        exchange -> node.status().ports()),
                Tables.all(
                        "/v1/vpns",
                        "The VPNs of this node.",
                        VpnView.class,
                        exchange -> desired.current().vpns().stream()
                                .map(VpnView::of)
                                .toList()),
                Operation.get("/v1/vpns/{vpn}", "A VPN.", Body.json(VpnView.class), this::vpn),
                Tables.all(
                        "/v1/routers",
                        "Virtual routers, their interfaces and counters.",
                        RouterStatus.class,
                        exchange -> node.status().routers()),
                Operation.get(ROUTER, "A virtual router.", Body.json(RouterStatus.class), this::router),
                Tables.byDestination(
                        ROUTER + "/routes",
                        "Its routes as the data plane holds them, in the order of their prefixes.",
                        RouteStatus.class,
                        (exchange, query) -> node.routes(exchange.variable("vpn"), exchange.variable("router"), query)),
                Tables.byDestination(
                        ROUTER + "/neighbours",
                        "Its neighbours as the data plane holds them.",
                        NeighbourStatus.class,
                        (exchange, query) ->
                                node.neighbours(exchange.variable("vpn"), exchange.variable("router"), query)),
                Tables.all("/v1/interfaces", "Interfaces and their counters.", InterfaceView.class, this::interfaces),
                Tables.all(
                        "/v1/classes",
                        "The classes of the ports' scheduling trees, parents before their children.",
                        ClassStatus.class,
                        exchange -> node.classes(InterfacePaths.inQuery(exchange)),
                        InterfacePaths.QUERY),
                Tables.all(
                        "/v1/links",
                        "Ends of virtual links: state, what is guaranteed, and counters.",
                        LinkStatus.class,
                        exchange -> node.links()),
                Tables.all(
                        "/v1/labels",
                        "What virtual routers do with packets that come with MPLS labels, and how many came with each.",
                        LabelStatus.class,
                        exchange -> node.labels()),
                Tables.all(
                        "/v1/routing",
                        "The routing daemons of virtual routers: processes, neighbours, and how many routes they have brought.",
                        RoutingStatus.class,
                        exchange -> node.status().routing()),
                Tables.all(
                        "/v1/members",
                        "The lists of members of access interfaces, line by line.",
                        MemberStatus.class,
                        exchange -> node.members()),
                Tables.all(
                        "/v1/drops",
                        "Dropped packets by reason.",
                        DropCount.class,
                        exchange -> node.status().drops()),
                Tables.all(
                        "/v1/counters",
                        "System counters of the data plane and control.",
                        SystemCount.class,
                        exchange -> node.status().counters()),
                Operation.get(
                        "/v1/metrics",
                        "All metrics, in the text format of Prometheus.",
                        Body.text(Metrics.CONTENT_TYPE),
                        this::metrics),
                Operation.get(
                        "/metrics",
                        "The same, at the path that Prometheus scrapes by default.",
                        Body.text(Metrics.CONTENT_TYPE),
                        this::metrics),
                Operation.change(
                        "POST",
                        "/v1/audit",
                        "Compare Linux with the data plane, and repair what differs.",
                        null,
                        Body.json(AuditReport.class),
                        exchange -> exchange.json(node.audit())),
                Operation.change(
                        "POST",
                        "/v1/trace",
                        "Trace a frame through the stages. Nothing is sent.",
                        Body.json(TraceBody.class),
                        Body.json(TraceReport.class),
                        this::trace));
    }

    private void status(Exchange exchange) throws Exception {
        NodeStatus status = node.status();
        exchange.json(new StatusView(
                status.node(),
                desired.currentVersion().number(),
                desired.confirmBy().orElse(null),
                status.dataplane(),
                status.ports().size(),
                desired.current().vpns().size(),
                status.routers().size(),
                status.routers().stream()
                        .mapToInt(router -> router.interfaces().size())
                        .sum(),
                status.drops().stream().mapToLong(DropCount::packets).sum(),
                status.audit(),
                status.alarms()));
    }

    private void vpn(Exchange exchange) throws Exception {
        String name = exchange.variable("vpn");
        exchange.json(desired.current().vpns().stream()
                .filter(vpn -> vpn.name().equals(name))
                .map(VpnView::of)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("there is no VPN " + name)));
    }

    private void router(Exchange exchange) throws Exception {
        String vpn = exchange.variable("vpn");
        String name = exchange.variable("router");
        exchange.json(node.status().routers().stream()
                .filter(router -> router.vpn().equals(vpn) && router.router().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("there is no router " + vpn + "/" + name)));
    }

    private List<InterfaceView> interfaces(Exchange exchange) {
        return node.status().routers().stream()
                .flatMap(router -> router.interfaces().stream()
                        .map(each -> new InterfaceView(
                                router.vpn(),
                                router.router(),
                                router.vpn() + "/" + router.router() + "/" + each.name(),
                                each)))
                .toList();
    }

    private void metrics(Exchange exchange) throws Exception {
        exchange.text(Metrics.CONTENT_TYPE, Metrics.toText(node.status(), node.classes(null), node.links()));
    }

    private void trace(Exchange exchange) throws Exception {
        TraceBody body = exchange.bodyJson(TraceBody.class);
        if (body.path() == null || body.frame() == null) {
            throw ApiException.badRequest(body.path() == null ? "path" : "frame", "is missing");
        }
        exchange.json(node.trace(new TraceRequest(InterfacePaths.parse("path", body.path()), frameOf(body.frame()))));
    }

    private static byte[] frameOf(String hex) throws ApiException {
        try {
            byte[] frame = HexFormat.of().parseHex(hex);
            if (frame.length < TraceRequest.MIN_FRAME_BYTES || frame.length > TraceRequest.MAX_FRAME_BYTES) {
                throw ApiException.badRequest(
                        "frame",
                        "has " + frame.length + " bytes; " + TraceRequest.MIN_FRAME_BYTES + " to "
                                + TraceRequest.MAX_FRAME_BYTES + " are possible");
            }
            return frame;
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("frame", "is not hexadecimal: " + e.getMessage());
        }
    }
}
