package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.session.FakeScheduler;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.CurveStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.NodeEvent;
import io.vireo.dataplane.schedule.policy.ImplicitShare;
import io.vireo.dataplane.wire.code.ClassDropReason;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data plane is told of scheduling, and in which order. */
public class NodeSchedulingTest {
    private static final String NODE = "s" + ProcessHandle.current().pid();
    private static final int HALF = FakeScheduler.QUEUE_PACKETS / 2;

    /** In a document whose classes stand in an order that the data plane could not be told them in. */
    public static final String BLUE = """
            ports: [{name: p1, device: null, rate: 100Mbit}, {name: p2, device: null, rate: 1Gbit}]
            vpns:
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces:
                      - name: h1
                        port: p1
                        scheduling:
                          guarantee: 60Mbit
                          classes:
                            - {name: web, parent: data, guarantee: 10Mbit, match: [{protocol: tcp, destinationPorts: 443}]}
                            - {name: data, guarantee: 40Mbit}
                            - {name: bulk, parent: data}
                            - {name: voice, rt: {packet: 200, delay: 5ms, rate: 1Mbit}, match: [{dscp: 46}]}
            """;

    private static final String RED = """
              - name: red
                id: 102
                routers: [{name: r1, interfaces: [{name: h2, port: p1, vlan: 2, scheduling: {guarantee: 30Mbit}}]}]
            """;

    @TempDir
    private Path directory;

    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    private final MemoryIds ids = new MemoryIds();
    private FakeDataplane dataplane;
    private FakeScheduler scheduler;
    private NodeService node;

    @BeforeEach
    void start() {
        startDataplane();
        node = startNode();
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
    }

    private void startDataplane() {
        dataplane = new FakeDataplane(directory);
        scheduler = dataplane.scheduler;
    }

    private NodeService startNode() {
        return NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(ids)
                .listener(events::add));
    }

    @Test
    void shouldTellRatesQuotasClassesAndFiltersInThisOrder() throws Exception {
        ApplyReport report = apply(BLUE);

        assertThat(report.created()).isEqualTo(2 + 1 + 1 + 6);
        assertThat(scheduler.log.subList(0, 2)).containsExactlyInAnyOrder("rate 100000000", "rate 1000000000");
        assertThat(scheduler.log.subList(2, scheduler.log.size()))
                .containsExactly(
                        "quota 1 = " + HALF,
                        "class h1",
                        "class data under h1",
                        "class voice under h1",
                        "class web under data",
                        "class bulk under data",
                        "class (default) under h1",
                        "filter [web, voice] else (default)");
        assertThat(spec("voice").realTime().firstSpanNs()).isEqualTo(3_400_000);
        assertThat(spec("voice").linkShare().isPresent()).isFalse();
        assertThat(spec("bulk").linkShare().secondRateBitsPerSecond()).isEqualTo(1_000_000);
        assertThat(scheduler.specs.values()).allMatch(spec -> spec.quotaId() == 1);
        // Four leaves and one to spare: no queue alone, nor all of them, can use the VPN's buffers up.
        assertThat(spec("voice").queuePackets()).isEqualTo(256);
    }

    @Test
    void shouldAlterOnlyTheClassThatDiffers() throws Exception {
        apply(BLUE);
        scheduler.log.clear();

        ApplyReport report = apply(BLUE.replace("guarantee: 10Mbit", "guarantee: 15Mbit, queue: {packets: 10}"));

        assertThat(scheduler.log).containsExactly("class web under data");
        assertThat(spec("web").realTime().secondRateBitsPerSecond()).isEqualTo(15_000_000);
        assertThat(spec("web").queuePackets()).isEqualTo(10);
        assertThat(report.changed()).isEqualTo(1);
        assertThat(report.created() + report.removed()).isZero();
    }

    @Test
    void shouldShapeAPortAnewWithoutClosingIt() throws Exception {
        apply(BLUE);
        scheduler.log.clear();
        dataplane.removals.clear();

        apply(BLUE.replace("rate: 100Mbit", "rate: 90Mbit").replace(", rate: 1Gbit", ""));

        assertThat(scheduler.log).containsExactlyInAnyOrder("rate 90000000", "rate 0");
        assertThat(dataplane.removals).isEmpty();
    }

    @Test
    void shouldMoveClassesBeforeTheirOldParentGoes() throws Exception {
        apply(BLUE);
        scheduler.log.clear();

        // What was a leaf becomes the parent, and its own parent goes.
        apply(BLUE.replace("name: web, parent: data", "name: web, parent: bulk")
                .replace("{name: bulk, parent: data}", "{name: bulk, guarantee: 20Mbit}")
                .replace("                - {name: data, guarantee: 40Mbit}\n", ""));

        assertThat(scheduler.log)
                .containsExactly(
                        "class voice under h1",
                        "class (default) under h1",
                        "class bulk under h1",
                        "class web under bulk",
                        "remove data");
        assertThat(scheduler.tree()).containsExactly("(default)<h1", "bulk<h1", "h1<port", "voice<h1", "web<bulk");
    }

    @Test
    void shouldTurnATreeUpsideDown() throws Exception {
        apply(BLUE);

        apply(BLUE.replace(
                        "name: web, parent: data, guarantee: 10Mbit, match: [{protocol: tcp, destinationPorts: 443}]",
                        "name: web, guarantee: 40Mbit")
                .replace("{name: data, guarantee: 40Mbit}", "{name: data, parent: web, guarantee: 10Mbit}"));

        assertThat(scheduler.tree())
                .containsExactly("(default)<h1", "bulk<data", "data<web", "h1<port", "voice<h1", "web<h1");
        assertThat(scheduler.filters.values()).containsExactly("[voice] else (default)");
    }

    @Test
    void shouldRemoveInReverse() throws Exception {
        apply(BLUE);
        scheduler.log.clear();

        apply(BLUE.substring(0, BLUE.indexOf("              classes:")));

        assertThat(scheduler.log)
                .containsExactly(
                        "no filter", "remove (default)", "remove bulk", "remove web", "remove voice", "remove data");
        scheduler.log.clear();
        apply("ports: []");
        assertThat(scheduler.log).containsExactly("remove h1", "quota 1 = 0");
        assertThat(dataplane.interfaces).isEmpty();
        assertThat(dataplane.ports).isEmpty();
        assertThat(ids.keys(IdRegistry.Kind.CLASS)).isEmpty();
        assertThat(ids.keys(IdRegistry.Kind.QUOTA)).isEmpty();
    }

    @Test
    void shouldTakeClassesFromAnInterfaceThatMovesToAnotherPort() throws Exception {
        apply(BLUE);
        int voice = ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1:voice", 100);
        int port2 = ids.idOf(IdRegistry.Kind.PORT, "p2", 64);
        scheduler.log.clear();

        apply(BLUE.replace("port: p1", "port: p2"));

        assertThat(scheduler.log.subList(0, 6)).allMatch(line -> line.startsWith("remove "));
        assertThat(scheduler.log).hasSize(6 + 6 + 1).endsWith("filter [web, voice] else (default)");
        assertThat(scheduler.places.values()).allMatch(place -> place.startsWith(port2 + "/"));
        assertThat(scheduler.names).containsEntry(1 + voice, "voice");
        assertThat(scheduler.quotas).containsEntry(1, HALF);
    }

    @Test
    void shouldUndoEverythingWhenAClassIsRefused() throws Exception {
        apply(BLUE);
        List<String> tree = scheduler.tree();
        Map<Integer, Integer> quotas = Map.copyOf(scheduler.quotas);
        scheduler.refusedClasses.put("gold", "classId: no room");
        String refused = BLUE.replace("guarantee: 60Mbit", "guarantee: 50Mbit")
                        .replace("- {name: bulk, parent: data}", "- {name: gold, parent: data, match: [{dscp: 8}]}")
                        .replace("{name: voice, rt:", "{name: voice, parent: data, rt:")
                + RED;

        assertThatThrownBy(() -> apply(refused))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        e -> assertThat(e.problems())
                                .contains(Problem.at(
                                        "vpns[0].routers[0].interfaces[0].scheduling.classes[2]",
                                        "the data plane refused it: classId: no room")));

        assertThat(scheduler.tree()).isEqualTo(tree);
        assertThat(scheduler.quotas).isEqualTo(quotas);
        assertThat(scheduler.filters.values()).containsExactly("[web, voice] else (default)");
        assertThat(spec("h1").realTime().secondRateBitsPerSecond()).isEqualTo(60_000_000);
        assertThat(dataplane.routers).hasSize(1);
        assertThat(ids.keys(IdRegistry.Kind.CLASS)).noneMatch(key -> key.contains("gold") || key.contains("red"));
        assertThat(events).noneMatch(event -> event.type().equals("apply.undo"));
    }

    @Test
    void shouldDivideTheBuffersAmongTheVpnsThatHaveGuarantees() throws Exception {
        apply(BLUE);
        apply(BLUE + RED);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF / 2, HALF / 2);
        scheduler.log.clear();

        // Blue goes, and green comes: there is never more promised than there is.
        String green = RED.replace("red", "green")
                .replace("102", "103")
                .replace("h2", "h3")
                .replace("vlan: 2", "vlan: 3");
        apply(BLUE.substring(0, BLUE.indexOf("  - name: blue")) + RED + green);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF / 2, HALF / 2);
        assertThat(spec("h3").quotaId()).isNotEqualTo(spec("h2").quotaId());

        // Red loses its guarantee and its quota, but not its class.
        apply(BLUE.substring(0, BLUE.indexOf("  - name: blue")) + RED.replace("guarantee", "ls") + green);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF);
        assertThat(spec("h2").quotaId()).isZero();
        assertThat(events).noneMatch(event -> event.type().equals("command.refused"));
    }

    @Test
    void shouldGiveAVpnTheBuffersItSaysAndRefuseWhatDoesNotFit() throws Exception {
        String said = BLUE.replace("id: 101", "id: 101\n    buffers: {packets: 500, bytes: 1000000}");
        apply(said + RED);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, 500, HALF - 500);

        assertThatThrownBy(() -> apply(said.replace("packets: 500", "packets: 2049") + RED))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.path()).isEqualTo("vpns[0].buffers");
                            assertThat(problem.reason())
                                    .contains(
                                            "all VPNs together would have 2049 packets", "4096", "vireo.port.packets");
                        }));
        assertThatThrownBy(() -> apply(said.replace("packets: 500", "packets: 2040") + RED))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        e -> assertThat(e.problems()).extracting(Problem::path).containsExactly("vpns[1].buffers"));
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, 500, HALF - 500);
    }

    @Test
    void shouldCountAPlainInterfaceAgainstItsVpnsBuffers() throws Exception {
        apply(BLUE + "          - {name: plain, port: p1, vlan: 9}\n          - {name: back, port: p1, vlan: 8}\n");
        assertThat(scheduler.tree()).contains("plain<port", "back<port");
        assertThat(spec("plain").quotaId()).isEqualTo(1);
    }

    /** Blue keeps 60 Mb/s by its share, so all shares together must stay within the port's 100. */
    @Test
    void shouldLetClassesOfWhichNothingIsSaidShareWhatOthersLeave() throws Exception {
        String plain = "          - {name: plain, port: p1, vlan: 9}\n          - {name: back, port: p1, vlan: 8}\n";
        apply(BLUE + plain + RED);
        assertThat(shareOf("plain")).isEqualTo(ImplicitShare.MAX_BITS_PER_SECOND);

        apply(BLUE + plain + RED.replace("30Mbit", "39Mbit"));
        assertThat(shareOf("plain")).isEqualTo(262_144).isEqualTo(shareOf("back"));
        assertThat(shareOf("bulk")).isEqualTo(ImplicitShare.MAX_BITS_PER_SECOND);

        apply(BLUE + plain + RED.replace("30Mbit", "40Mbit"));
        assertThat(shareOf("plain")).isEqualTo(8_000);
    }

    private long shareOf(String name) {
        return spec(name).linkShare().secondRateBitsPerSecond();
    }

    @Test
    void shouldTakeNothingAwayWhenControlIsRestarted() throws Exception {
        apply(BLUE + RED);
        List<String> tree = scheduler.tree();
        Map<Integer, String> names = Map.copyOf(scheduler.names);
        Map<Integer, Integer> quotas = Map.copyOf(scheduler.quotas);
        scheduler.names.put(99, "stale"); // what nobody wants any more
        scheduler.log.clear();

        node.close();
        node = startNode();
        apply(BLUE + RED);
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.RUNNING);
        waitUntil(() -> !scheduler.names.containsKey(99));

        assertThat(scheduler.log).noneMatch(line -> line.startsWith("remove") || line.contains("= 0"));
        assertThat(scheduler.tree()).isEqualTo(tree);
        assertThat(scheduler.names).isEqualTo(names);
        assertThat(scheduler.quotas).isEqualTo(quotas);
        assertThat(scheduler.rates.values()).containsExactlyInAnyOrder(100_000_000L, 1_000_000_000L);
        assertThat(events).noneMatch(event -> event.type().equals("command.refused"));
    }

    @Test
    void shouldFindNothingToRepairWhenNothingDiffers() throws Exception {
        apply(BLUE + RED);
        apply(BLUE.replace("port: p1", "port: p2").replace("rate: 100Mbit", "rate: 90Mbit"));
        apply(BLUE.replace("- {name: bulk, parent: data}", "- {name: bulk}"));
        scheduler.log.clear();

        AuditReport report = node.audit();

        assertThat(report.differences()).isEmpty();
        assertThat(report.entries()).isGreaterThanOrEqualTo(2 + 1 + 6 + 1);
        assertThat(scheduler.log).isEmpty();
    }

    @Test
    void shouldRepairWhatTheDataPlaneSchedulesOtherwise() throws Exception {
        apply(BLUE + RED);
        List<String> tree = scheduler.tree();
        Map<Integer, String> filters = Map.copyOf(scheduler.filters);
        int port = ids.idOf(IdRegistry.Kind.PORT, "p1", 64);
        int voice = 1 + ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1:voice", 100);
        int web = 1 + ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1:web", 100);
        int data = 1 + ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1:data", 100);
        String place = Objects.requireNonNull(scheduler.places.get(data));
        scheduler.rates.put(port, 5_000_000L);
        scheduler.quotas.put(1, HALF - 100);
        scheduler.quotas.put(2, 100);
        scheduler.removeClass(voice);
        scheduler.parents.put(web, 1 + ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1", 100));
        spec("data").realTime(1_000_000, 0, 1_000_000);
        scheduler.addClass(90, data, portOf(place), interfaceOf(place), new ClassSpec(), "stale");
        scheduler.addClass(89, 90, portOf(place), interfaceOf(place), new ClassSpec(), "stale below");
        scheduler.filters.clear();

        AuditReport report = node.audit();

        assertThat(report.differences())
                .extracting(AuditReport.Difference::router, AuditReport.Difference::subject)
                .containsExactlyInAnyOrder(
                        tuple("node", "rate of port p1"),
                        tuple("blue", "quota blue"),
                        tuple("red", "quota red"),
                        tuple("blue/r1", "class blue/r1/h1:voice"),
                        tuple("blue/r1", "class blue/r1/h1:web"),
                        tuple("blue/r1", "class blue/r1/h1:data"),
                        tuple("blue/r1", "filter blue/r1/h1"),
                        tuple("node", "class 90"),
                        tuple("node", "class 89"));
        waitUntil(() -> node.audit().differences().isEmpty());
        assertThat(scheduler.tree()).isEqualTo(tree);
        assertThat(scheduler.rates).containsEntry(port, 100_000_000L);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF / 2, HALF / 2);
        assertThat(spec("data").realTime().secondRateBitsPerSecond()).isEqualTo(40_000_000);
        assertThat(scheduler.filters).isEqualTo(filters);
        assertThat(events)
                .extracting(NodeEvent::type)
                .contains("audit.difference")
                .doesNotContain("command.refused");
    }

    private static int portOf(String place) {
        return Integer.parseInt(place.substring(0, place.indexOf('/')));
    }

    private static int interfaceOf(String place) {
        return Integer.parseInt(place.substring(place.indexOf('/') + 1));
    }

    /** As when control died after it had told one part of a change: the rest does not fit before the sweep. */
    @Test
    void shouldTryAgainAfterTheSweepWhatWasRefusedBeforeIt() throws Exception {
        apply(BLUE);
        List<String> tree = scheduler.tree();
        node.close();
        scheduler.sweep(Set.copyOf(scheduler.elements()));
        scheduler.quotas.put(9, HALF);

        node = startNode();
        apply(BLUE);

        waitUntil(() -> scheduler.tree().equals(tree) && scheduler.filters.size() == 1);
        assertThat(scheduler.quotas).containsEntry(1, HALF).doesNotContainKey(9);
        assertThat(events).extracting(NodeEvent::type).contains("command.refused");
        waitUntil(() -> events.stream().anyMatch(event -> event.type().equals("audit.difference")));
    }

    @Test
    void shouldTellADataPlaneThatStartsAnewEverything() throws Exception {
        apply(BLUE + RED);
        List<String> tree = scheduler.tree();
        dataplane.close();
        startDataplane();

        waitUntil(() -> scheduler.tree().equals(tree) && scheduler.filters.size() == 1);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF / 2, HALF / 2);
        apply(BLUE);
        assertThat(scheduler.quotas.values()).containsExactlyInAnyOrder(HALF, HALF);
    }

    @Test
    void shouldShowWhatWasPromisedAndWhatWasCounted() throws Exception {
        apply(BLUE + RED);
        int voice = 1 + ids.idOf(IdRegistry.Kind.CLASS, "blue/r1/h1:voice", 100);
        ClassStatisticsWriter statistics = dataplane.classStatistics();
        statistics.begin(voice);
        statistics.sent(voice, 10, 2_000, 1);
        statistics.served(voice, 2_240, 2_000);
        statistics.queued(voice, 2, 400);
        statistics.dropped(voice, ClassDropReason.CODEL.code(), 3);
        statistics.delayed(voice, 4_000_000, 1);

        List<ClassStatus> classes = node.classes(new InterfacePath("blue", "r1", "h1"));

        assertThat(classes)
                .extracting(ClassStatus::name)
                .containsExactly("h1", "data", "voice", "web", "bulk", "(default)");
        assertThat(classes.getFirst().parent()).isNull();
        ClassStatus status = classes.get(2);
        assertThat(status.key()).isEqualTo("blue/r1/h1:voice");
        assertThat(status.parent()).isEqualTo("blue/r1/h1");
        assertThat(status.port()).isEqualTo("p1");
        assertThat(status.realTime()).isEqualTo(new CurveStatus(0, 3_400_000, 1_000_000));
        assertThat(status.linkShare()).isNull();
        assertThat(status.sentPackets()).isEqualTo(10);
        assertThat(status.wireBytes()).isEqualTo(2_240);
        assertThat(status.guaranteedWireBytes()).isEqualTo(2_000);
        assertThat(status.markedPackets()).isEqualTo(1);
        assertThat(status.queuedBytes()).isEqualTo(400);
        assertThat(status.drops())
                .extracting(DropCount::reason, DropCount::packets)
                .containsExactly(tuple("CODEL", 3L));
        assertThat(status.delays().maxNs()).isBetween(4_000_000L, 5_000_000L);
        assertThat(node.classes(null)).hasSize(7);
        assertThat(node.status().ports().getFirst().rateBitsPerSecond()).isEqualTo(100_000_000);

        dataplane.close();
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.ABSENT);
        assertThat(node.classes(null)).hasSize(7).allMatch(each -> each.sentPackets() == 0);
    }

    private ApplyReport apply(String document) throws InvalidConfigurationException, ApplyRefusedException {
        Configuration configuration = ConfigurationReader.read(document);
        return node.apply(configuration);
    }

    private ClassSpec spec(String name) {
        return Objects.requireNonNull(scheduler.specs.get(name), name);
    }
}
