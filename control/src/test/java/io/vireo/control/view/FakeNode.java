package io.vireo.control.view;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Port;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.dataplane.wire.counters.PortCounts;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node of records instead of namespaces: remembers what it was brought to and answers from that. */
public final class FakeNode implements Node {
    /** How many captures run at once. */
    public static final int MAX_CAPTURES = 2;

    private final AtomicInteger captures = new AtomicInteger();
    private final List<Configuration> applied = new ArrayList<>();
    private List<Problem> checkProblems = List.of();
    private List<Problem> applyProblems = List.of();
    private List<ClassStatus> classes = List.of();
    private List<LinkStatus> links = List.of();
    private List<RoutingStatus> routing = List.of();

    /** Everything the node was brought to, in order. */
    public List<Configuration> applied() {
        return applied;
    }

    public void refuseInCheck(Problem... problems) {
        checkProblems = List.of(problems);
    }

    public void refuseInApply(Problem... problems) {
        applyProblems = List.of(problems);
    }

    /** The classes it has from now on. */
    public void schedule(ClassStatus... next) {
        classes = List.of(next);
    }

    /** The routing daemons it has from now on. */
    public void route(RoutingStatus... next) {
        routing = List.of(next);
    }

    /** The virtual links it has from now on. */
    public void link(LinkStatus... next) {
        links = List.of(next);
    }

    @Override
    public List<Problem> check(Configuration configuration) {
        return checkProblems;
    }

    @Override
    public ApplyReport apply(Configuration configuration) throws ApplyRefusedException {
        if (!applyProblems.isEmpty()) {
            throw new ApplyRefusedException(applyProblems);
        }
        applied.add(configuration);
        return new ApplyReport(false, 1, 0, 0, List.of(), 5);
    }

    @Override
    public NodeStatus status() {
        List<PortStatus> ports = new ArrayList<>();
        List<RouterStatus> routers = new ArrayList<>();
        for (Port port : current().ports()) {
            ports.add(new PortStatus(
                    port.name(),
                    ports.size(),
                    port.device().toString(),
                    "up",
                    "",
                    "02:00:00:00:00:01",
                    10_000,
                    0,
                    new PortCounts(0, 10, 1_000, 20, 2_000, 1, 6, 7, 2, 3, 4, 5)));
        }
        for (Vpn vpn : current().vpns()) {
            for (Router router : vpn.routers()) {
                routers.add(router(vpn, router, routers.size()));
            }
        }
        return new NodeStatus(
                "test",
                new DataplaneStatus(
                        DataplaneStatus.State.RUNNING,
                        "",
                        4711,
                        1,
                        Instant.parse("2026-11-20T11:00:00Z"),
                        List.of(new WorkerStatus(0, 1, 1_000, 250))),
                ports,
                routers,
                List.of(new DropCount(null, null, "NO_INTERFACE", "no interface for this port and VLAN", 7)),
                new AuditStatus(12, 34),
                List.of(new AlarmStatus("class blue/r1/h1:web", "classId: no room")),
                routing,
                List.of(new SystemCount("EVENTS_DROPPED", "events that found the event ring full", 9)));
    }

    @Override
    public TablePart<RouteStatus> routes(String vpn, String router, TableQuery query) {
        requireRouter(vpn, router);
        return TablePart.of(
                Stream.of(
                                new RouteStatus(
                                        "10.0.1.0/24", "unicast", List.of(new RouteStatus.NextHop("h1", null, 1))),
                                new RouteStatus(
                                        "10.9.0.0/16",
                                        "unicast",
                                        List.of(new RouteStatus.NextHop("h1", "10.0.1.2", 1))))
                        .filter(route -> query.includes(IpPrefix.parse(route.prefix())))
                        .toList(),
                query.limit());
    }

    @Override
    public TablePart<NeighbourStatus> neighbours(String vpn, String router, TableQuery query) {
        requireRouter(vpn, router);
        List<NeighbourStatus> all = List.of(new NeighbourStatus("h1", "10.0.1.2", "02:00:00:00:00:09"));
        return TablePart.of(
                all.stream()
                        .filter(each -> query.includes(IpAddress.parse(each.address())))
                        .toList(),
                query.limit());
    }

    @Override
    public List<ClassStatus> classes(@Nullable InterfacePath element) {
        if (element != null) {
            requireRouter(element.vpn(), element.router());
        }
        return classes.stream()
                .filter(each -> element == null
                        || (each.vpn() + "/" + each.router() + "/" + each.interfaceName()).equals(element.toString()))
                .toList();
    }

    @Override
    public List<LinkStatus> links() {
        return links;
    }

    @Override
    public List<MemberStatus> members() {
        return List.of(
                new MemberStatus("base/r1/lan", "1", "blue", "10.0.0.0/24", "", "tcp", "", "443", "blue/r1/lan", 7));
    }

    @Override
    public AuditReport audit() {
        return new AuditReport(
                Instant.EPOCH,
                1,
                2,
                List.of(
                        new AuditReport.Difference(
                                "blue/r1", AuditReport.Side.DATA_PLANE, "10.9.0.0/16", "missing", null),
                        new AuditReport.Difference(
                                "blue/r1", AuditReport.Side.DATA_PLANE, "10.8.0.0/16", "missing", "no room")));
    }

    @Override
    public Capture capture(CaptureRequest request, Consumer<CapturedFrame> consumer) {
        if (captures.incrementAndGet() > MAX_CAPTURES) {
            captures.decrementAndGet();
            throw new TooManyCapturesException(MAX_CAPTURES);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        Thread source = Thread.ofVirtual().start(() -> {
            for (long i = 0; open.get(); i += 2) { // every second one is lost in a ring that was full
                LockSupport.parkNanos(1_000);
                byte[] frame = ("frame number " + i).getBytes(StandardCharsets.US_ASCII);
                consumer.accept(new CapturedFrame(0, "received", "", 1_000_000_000L * i, frame.length, frame));
            }
        });
        return () -> {
            captures.decrementAndGet();
            open.set(false);
            source.interrupt();
        };
    }

    @Override
    public TraceReport trace(TraceRequest request) {
        requireRouter(request.interfacePath().vpn(), request.interfacePath().router());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("prefix", "10.9.0.0/16");
        return new TraceReport(
                "transmit",
                "",
                "sent out of blue/r1/h1",
                List.of(new TraceReport.Step("forward", "continue", fields, "0200")));
    }

    @Override
    public String namespaceOf(String vpn, String router) {
        requireRouter(vpn, router);
        return "vireo-" + vpn + "-" + router;
    }

    @Override
    public void close() {
        applied.clear();
    }

    @Override
    public List<LabelStatus> labels() {
        RouteStatus.NextHop hop = new RouteStatus.NextHop("h1", "10.0.1.2", 1);
        return List.of(
                new LabelStatus("blue", "r1", 100, List.of(200, 300), List.of(hop), null, "uniform", 7, 700),
                new LabelStatus("blue", "r1", 101, List.of(), List.of(), "red/r1/h1", "pipe", 0, 0));
    }

    @Override
    public Keys keys() {
        return new FakeKeys();
    }

    private Configuration current() {
        return applied.isEmpty() ? Configuration.EMPTY : applied.getLast();
    }

    private void requireRouter(String vpn, String router) {
        boolean known = current().vpns().stream()
                .filter(candidate -> candidate.name().equals(vpn))
                .flatMap(candidate -> candidate.routers().stream())
                .anyMatch(candidate -> candidate.name().equals(router));
        if (!known) {
            throw new NotFoundException("there is no router " + vpn + "/" + router);
        }
    }

    private static RouterStatus router(Vpn vpn, Router router, int routerId) {
        List<InterfaceStatus> interfaces = new ArrayList<>();
        router.interfaces().stream()
                .filter(Interface::carriesPackets)
                .forEach(each -> interfaces.add(new InterfaceStatus(
                        each.name(),
                        routerId,
                        "p1",
                        "02:00:00:00:00:02",
                        each.mtu(),
                        each.addresses().stream().map(Object::toString).toList(),
                        true,
                        true,
                        "loss 1%",
                        new TrafficCounts(0, 100, 10_000, 200, 20_000, 3, 4, 5))));
        return new RouterStatus(
                vpn.name(),
                vpn.id(),
                router.name(),
                routerId,
                "vireo-" + vpn.name() + "-" + router.name(),
                new TrafficCounts(0, 100, 10_000, 200, 20_000, 3, 4, 5),
                List.of(new PuntCount("routing", 1), new PuntCount("glean", 3)),
                List.of(new PuntCount("arp", 2)),
                interfaces);
    }
}
