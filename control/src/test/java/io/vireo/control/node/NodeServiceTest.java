package io.vireo.control.node;

import static io.vireo.control.node.Configurations.access;
import static io.vireo.control.node.Configurations.configuration;
import static io.vireo.control.node.Configurations.end;
import static io.vireo.control.node.Configurations.link;
import static io.vireo.control.node.Configurations.loopback;
import static io.vireo.control.node.Configurations.port;
import static io.vireo.control.node.Configurations.router;
import static io.vireo.control.node.Configurations.via;
import static io.vireo.control.node.Configurations.vpn;
import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.linux.FdKeeper;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.host.FlowSeed;
import io.vireo.control.node.reconcile.AnswerTimeouts;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.AuditReport;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.NodeEvent;
import io.vireo.control.view.NotFoundException;
import io.vireo.control.view.RouteStatus;
import io.vireo.control.view.TableQuery;
import io.vireo.control.view.TraceReport;
import io.vireo.control.view.TraceRequest;
import io.vireo.dataplane.wire.code.RouteKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeServiceTest {
    private static final String NODE = "t" + ProcessHandle.current().pid();
    private static final String R1 = "vireo-" + NODE + "-blue-r1";
    private static final String CORE = "vireo-" + NODE + "-core-r1";

    private static final String TUNNEL = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces: [{name: wan, port: p1, addresses: [192.0.2.1/24]}]
                routes: [{prefix: 198.51.100.0/24, via: 192.0.2.254}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: t1, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}, addresses: [10.0.0.1/30]}
                routes: [{prefix: 10.9.0.0/16, interface: t1}]
        """;

    private static final String R2 = "vireo-" + NODE + "-blue-r2";

    @TempDir
    private Path directory;

    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
    private final MemoryIds ids = new MemoryIds();
    private FakeDataplane dataplane;
    private NodeService node;

    @BeforeEach
    void start() {
        dataplane = new FakeDataplane(directory);
        node = startNode();
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
    }

    private NodeService startNode() {
        return NodeService.start(context());
    }

    private NodeService startImpatientNode() {
        return NodeService.start(
                context().answerTimeouts(new AnswerTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(1))));
    }

    private NodeContext context() {
        return new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(ids)
                .listener(events::add);
    }

    @Test
    void shouldBringLinuxAndTheDataPlaneToTheConfiguration() throws ApplyRefusedException {
        ApplyReport report = node.apply(twoRouters());

        assertThat(report.dataplanePending()).isFalse();
        assertThat(report.created()).isEqualTo(1 + 2 + 3);
        assertThat(dataplane.ports).containsValue("net_null_p1,no-rx=1");
        assertThat(dataplane.routers.values())
                .containsExactlyInAnyOrder("blue/r1 vpn 101 punt 10000", "blue/r2 vpn 101 punt 10000");
        int r1 = routerId("blue/r1");
        int h1 = interfaceId("blue/r1/h1");
        int toR2 = interfaceId("blue/r1/to-r2");
        int toR1 = interfaceId("blue/r2/to-r1");
        assertThat(dataplane.interfaces.get(h1)).isEqualTo("h1 of " + r1 + " on 0.10 mtu 1500");
        assertThat(dataplane.interfaces.get(toR2)).isEqualTo("to-r2 of " + r1 + " to " + toR1 + " mtu 1500");
        assertThat(dataplane.up).containsExactlyInAnyOrder(h1, toR2, toR1);
        assertThat(dataplane.routes.get(r1 + " 10.0.1.1/32")).isEqualTo(ForwardingRoute.of(RouteKind.LOCAL));
        assertThat(dataplane.routes.get(r1 + " 192.0.2.1/32")).isEqualTo(ForwardingRoute.of(RouteKind.LOCAL));
        assertThat(dataplane.routes.get(r1 + " 2001:db8:1::/64"))
                .extracting(ForwardingRoute::kind)
                .isEqualTo(RouteKind.UNICAST);
        assertThat(route(r1 + " 10.9.0.0/16").nextHops())
                .containsExactly(new ForwardingRoute.NextHop(toR2, 0, 0x0a000c02, 1));
        assertThat(Shell.run("ip -n " + R1 + " route show proto 86")).contains("10.9.0.0/16 via 10.0.12.2");
        assertThat(node.namespaceOf("blue", "r1")).isEqualTo(R1);
    }

    @Test
    void shouldProgramASeedOfTheNodesOwnOrTheConfiguredOne()
            throws ApplyRefusedException, InvalidConfigurationException {
        node.apply(twoRouters());
        long own = dataplane.flowSeed;
        assertThat(own).isEqualTo(FlowSeed.of(NODE)).isNotEqualTo(FlowSeed.of("another"));

        ApplyReport report = node.apply(ConfigurationReader.read("ecmp: {hashSeed: 7}"));
        assertThat(report.changed()).isEqualTo(1);
        assertThat(dataplane.flowSeed).isEqualTo(7);

        dataplane.close();
        dataplane = new FakeDataplane(directory);
        waitUntil(() -> dataplane.flowSeed == 7);
        node.apply(twoRouters());
        assertThat(dataplane.flowSeed).isEqualTo(own);
    }

    @Test
    void shouldBringATunnelToLinuxAndTheDataPlane() throws ApplyRefusedException, InvalidConfigurationException {
        node.apply(ConfigurationReader.read(TUNNEL));

        int core = routerId("core/r1");
        int blue = routerId("blue/r1");
        int tunnel = interfaceId("blue/r1/t1");
        assertThat(dataplane.interfaces.get(tunnel))
                .isEqualTo("t1 of " + blue + " IPIP in " + core
                        + " 192.0.2.1 to 198.51.100.2 hop limit 64 key 0 options 0 modes 0 mtu 1480");
        assertThat(dataplane.up).contains(tunnel);
        assertThat(Shell.run("ip -n " + R1 + " -o link show t1"))
                .contains("NOARP")
                .contains("mtu 1480");
        assertThat(route(blue + " 10.9.0.0/16").nextHops())
                .containsExactly(new ForwardingRoute.NextHop(tunnel, 0, 0, 1));
        assertThat(interfaceStatus("blue", "t1").attachment()).isEqualTo("ipip in core/r1 192.0.2.1 -> 198.51.100.2");
        // The kernel finds out who is on the way to the far end without having anything to send there.
        waitUntil(() -> Shell.run("ip -n " + CORE + " neighbour show dev wan").contains("192.0.2.254"));

        // What the kernel makes of neighbours behind the tunnel is not for the data plane.
        Shell.run("ip -n " + R1 + " neighbour replace 10.9.9.9 dev t1 nud noarp lladdr 02:00:00:00:00:99");
        Shell.run("ip -n " + CORE + " neighbour replace 192.0.2.9 dev wan nud permanent lladdr 02:00:00:00:00:09");
        int wan = interfaceId("core/r1/wan");
        waitUntil(() -> dataplane.neighbours.containsKey(wan + " 192.0.2.9"));
        assertThat(node.audit().differences()).isEmpty();
        assertThat(dataplane.neighbours.keySet()).noneMatch(key -> key.startsWith(tunnel + " "));

        // Without its underlay router the tunnel goes before it, and comes again with it.
        node.apply(ConfigurationReader.read(TUNNEL.replace("id: 1\n", "id: 7\n")));
        assertThat(dataplane.removals.indexOf("interface " + tunnel))
                .isBetween(0, dataplane.removals.indexOf("router " + core) - 1);
        assertThat(dataplane.interfaces).containsKey(tunnel);
    }

    @Test
    void shouldBringAGreTunnelToTheDataPlaneAndReplaceItWhenItsKeyChanges() throws Exception {
        String gre = TUNNEL.replace("{ipip: {", "{gre: {key: 4000000000, checksum: true, ");
        node.apply(ConfigurationReader.read(gre));

        int tunnel = interfaceId("blue/r1/t1");
        String ends = "t1 of " + routerId("blue/r1") + " GRE in " + routerId("core/r1")
                + " 192.0.2.1 to 198.51.100.2 hop limit 64";
        assertThat(dataplane.interfaces.get(tunnel)).isEqualTo(ends + " key 4000000000 options 3 modes 0 mtu 1468");
        assertThat(interfaceStatus("blue", "t1").attachment())
                .isEqualTo("gre key 4000000000 checksum in core/r1 192.0.2.1 -> 198.51.100.2");

        node.apply(ConfigurationReader.read(gre.replace("key: 4000000000", "key: 0, sequence: true")));
        assertThat(dataplane.removals).contains("interface " + tunnel);
        waitUntil(() -> (ends + " key 0 options 7 modes 0 mtu 1464").equals(dataplane.interfaces.get(tunnel)));
    }

    @Test
    void shouldBringAVnsTunnelToTheDataPlaneWithTheIdOfItsVpn() throws Exception {
        String vns = TUNNEL.replace("{ipip: {", "{vns: {option: experimental, flowId: true, ");
        node.apply(ConfigurationReader.read(vns));

        int tunnel = interfaceId("blue/r1/t1");
        String ends = "t1 of " + routerId("blue/r1") + " VNS in " + routerId("core/r1")
                + " 192.0.2.1 to 198.51.100.2 hop limit 64";
        assertThat(dataplane.interfaces.get(tunnel)).isEqualTo(ends + " key 101 options 3 modes 0 mtu 1472");
        assertThat(interfaceStatus("blue", "t1").attachment())
                .isEqualTo("vns experimental flow in core/r1 192.0.2.1 -> 198.51.100.2");

        node.apply(ConfigurationReader.read(vns.replace("id: 101\n", "id: 70000\n")));
        assertThat(dataplane.removals).contains("interface " + tunnel);
        waitUntil(() -> (ends + " key 70000 options 3 modes 0 mtu 1472")
                .equals(dataplane.interfaces.get(interfaceId("blue/r1/t1"))));
    }

    @Test
    void shouldBringInterfacesThatShareAPortToTheDataPlaneByTheIdsOfTheirVpns() throws Exception {
        node.apply(ConfigurationReader.read("""
            ports: [{name: p1, device: null}]
            vpns:
              - {name: core, id: 1, routers: [{name: r1, interfaces: [{name: wan, port: p1, vpnId: true}]}]}
              - {name: blue, id: 70000, routers: [{name: r1, interfaces: [{name: wan, port: p1, vpnId: experimental}]}]}
            """));

        int port = dataplane.ports.keySet().iterator().next();
        assertThat(dataplane.interfaces.get(interfaceId("core/r1/wan")))
                .isEqualTo("wan of " + routerId("core/r1") + " on " + port + ".0 id 1 by 1 mtu 1496");
        assertThat(dataplane.interfaces.get(interfaceId("blue/r1/wan")))
                .isEqualTo("wan of " + routerId("blue/r1") + " on " + port + ".0 id 70000 by 2 mtu 1492");
        assertThat(interfaceStatus("blue", "wan").attachment()).isEqualTo("p1 VPN-ID by experimental");
    }

    private InterfaceStatus interfaceStatus(String vpn, String name) {
        return node.status().routers().stream()
                .filter(router -> router.vpn().equals(vpn))
                .flatMap(router -> router.interfaces().stream())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFollowARouteThatAnOperatorAdds() throws ApplyRefusedException {
        node.apply(twoRouters());
        Shell.run("ip netns exec " + R1 + " ip route add 10.77.0.0/16 via 10.0.1.2");
        String key = routerId("blue/r1") + " 10.77.0.0/16";
        waitUntil(() -> dataplane.routes.containsKey(key));

        assertThat(node.routes("blue", "r1", TableQuery.ALL).rows())
                .contains(new RouteStatus(
                        "10.77.0.0/16", "unicast", List.of(new RouteStatus.NextHop("h1", "10.0.1.2", 1))));

        Shell.run("ip netns exec " + R1 + " ip route del 10.77.0.0/16");
        waitUntil(() -> !dataplane.routes.containsKey(key));
    }

    @Test
    void shouldLetTheKernelAnswerWhatIsPunted() throws ApplyRefusedException, InterruptedException {
        node.apply(twoRouters());
        int h1 = interfaceId("blue/r1/h1");
        byte[] whoHas = HexFormat.of()
                .parseHex("ffffffffffff0200000000020806" + "0001080006040001" + "0200000000020a000102"
                        + "0000000000000a000101");
        dataplane.punt(h1, whoHas);

        byte[] reply = nextArp(h1);
        assertThat(HexFormat.of().formatHex(reply, 0, 6)).isEqualTo("020000000002");
        assertThat(HexFormat.of().formatHex(reply, 28, 32)).isEqualTo("0a000101");
        // The kernel has learned the neighbour from its question.
        waitUntil(() -> dataplane.neighbours.containsKey(h1 + " 10.0.1.2"));
        assertThat(node.neighbours("blue", "r1", TableQuery.ALL).rows())
                .anyMatch(neighbour -> neighbour.address().equals("10.0.1.2")
                        && neighbour.mac().equals("02:00:00:00:00:02"));
        assertThat(node.status().counters())
                .filteredOn(counter -> counter.name().equals("KERNEL_TAKEN"))
                .singleElement()
                .satisfies(counter -> assertThat(counter.value()).isPositive());
    }

    @Test
    void shouldTellOfEachErrorOfTheDataPlaneOnce() {
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        for (int i = 0; i < 3; i++) {
            dataplane.fail(new IllegalStateException("a worker tripped"));
        }
        waitUntil(() -> errors().size() == 1);
        dataplane.fail(new IllegalArgumentException("the conductor stumbled"));
        waitUntil(() -> errors().size() == 2);

        assertThat(errors().getFirst()).isEqualTo("java.lang.IllegalStateException: a worker tripped");
        assertThat(errors().getLast()).contains("the conductor stumbled");
    }

    private List<String> errors() {
        return events.stream()
                .filter(event -> event.type().equals("dataplane.error"))
                .map(NodeEvent::text)
                .toList();
    }

    @Test
    void shouldHoldWhatTheKernelSendsUntilItsInterfaceIsUp() throws ApplyRefusedException {
        node.apply(twoRouters());
        Shell.run("ip -n " + R1 + " link set h1 down");
        waitUntil(() -> !dataplane.up.contains(interfaceId("blue/r1/h1")));
        dataplane.injected.clear();
        dataplane.opensSlowly = true;

        Shell.run("ip -n " + R1 + " link set h1 up");
        sendFromR1();
        dataplane.opensSlowly = false;

        waitUntil(() -> dataplane.injected.stream().anyMatch(NodeServiceTest::isSentFromR1));
        assertThat(dataplane.early).isEmpty();
    }

    @Test
    void shouldHoldWhatKernelsSendUntilANewDataPlaneKnowsTheirInterfaces() throws ApplyRefusedException {
        node.apply(twoRouters());
        dataplane.close();
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.ABSENT);
        sendFromR1(); // while there is no data plane, frames are thrown away

        dataplane = FakeDataplane.opensSlowly(directory);
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        assertThat(dataplane.injected).isEmpty();
        sendFromR1();
        dataplane.opensSlowly = false;

        waitUntil(() -> dataplane.injected.stream().anyMatch(NodeServiceTest::isSentFromR1));
        assertThat(dataplane.injected).filteredOn(NodeServiceTest::isSentFromR1).hasSize(1);
        assertThat(dataplane.early).isEmpty();
    }

    /** A frame that needs no neighbour: an echo request to all hosts, which nobody answers. */
    private static void sendFromR1() {
        Shell.run("ip netns exec " + R1 + " sh -c ping${IFS}-c1${IFS}-W0.2${IFS}-I${IFS}h1${IFS}224.0.0.1||true");
    }

    private static boolean isSentFromR1(FakeDataplane.Injected sent) {
        byte[] frame = sent.frame();
        return frame.length > 34 && frame[12] == 8 && frame[13] == 0 && frame[23] == 1 && (frame[30] & 0xff) == 224;
    }

    @Test
    void shouldChangeOnlyWhatDiffers() throws ApplyRefusedException {
        node.apply(twoRouters());
        String ifindex = Shell.run("ip -n " + R1 + " -o link show h1").split(":", 2)[0];
        dataplane.removals.clear();

        ApplyReport report = node.apply(configuration(
                List.of(port("p1", "null")),
                vpn(
                        "blue",
                        101,
                        List.of(
                                router(
                                        "r1",
                                        List.of(
                                                access("h1", "p1", 10, "10.0.1.1/24", "10.0.3.1/24"),
                                                access("h2", "p1", 20, "10.0.2.1/24"))),
                                router("r2", List.of())),
                        link("l1", end("r1", "to-r2", "10.0.12.1/24"), end("r2", "to-r1", "10.0.12.2/24")))));

        assertThat(report.created()).isEqualTo(1);
        assertThat(report.removed()).isZero();
        assertThat(dataplane.removals).doesNotContain("interface " + interfaceId("blue/r1/h1"));
        assertThat(Shell.run("ip -n " + R1 + " -o link show h1")).startsWith(ifindex + ":");
        int r1 = routerId("blue/r1");
        assertThat(dataplane.routes)
                .containsKey(r1 + " 10.0.3.1/32")
                .containsKey(r1 + " 10.0.2.0/24")
                .doesNotContainKey(r1 + " 10.9.0.0/16")
                .doesNotContainKey(r1 + " 192.0.2.1/32")
                .doesNotContainKey(r1 + " 2001:db8:1::1/128");
    }

    @Test
    void shouldRemoveWhatIsConfiguredNoMore() throws ApplyRefusedException {
        node.apply(twoRouters());
        ApplyReport report = node.apply(Configuration.EMPTY);

        assertThat(report.removed()).isEqualTo(1 + 2 + 3);
        assertThat(dataplane.ports).isEmpty();
        assertThat(dataplane.routers).isEmpty();
        assertThat(dataplane.interfaces).isEmpty();
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
        assertThat(ids.keys(IdRegistry.Kind.INTERFACE)).isEmpty();
    }

    @Test
    void shouldMoveAnInterfaceToAnotherVlan() throws ApplyRefusedException {
        node.apply(twoRouters());
        int h1 = interfaceId("blue/r1/h1");
        dataplane.removals.clear();

        node.apply(oneRouter(access("h1", "p1", 33, "10.0.1.1/24")));

        assertThat(dataplane.removals).contains("interface " + h1);
        assertThat(dataplane.interfaces.get(h1)).contains("on 0.33");
        assertThat(dataplane.up).contains(h1);
        assertThat(route(routerId("blue/r1") + " 10.0.1.0/24").nextHops())
                .containsExactly(new ForwardingRoute.NextHop(h1, 0, 0, 1));
    }

    @Test
    void shouldTellOfARouterBeforeItsRoutesWhenItsVpnIdChanges() throws ApplyRefusedException {
        Interface h1 = access("h1", "p1", 10, "10.0.1.1/24");
        node.apply(oneRouter(101, h1));
        String key = routerId("blue/r1") + " 10.0.1.1/32";
        waitUntil(() -> dataplane.routes.containsKey(key));

        node.apply(oneRouter(102, h1));
        waitUntil(() -> dataplane.routes.containsKey(key));

        assertThat(dataplane.routers.values()).containsExactly("blue/r1 vpn 102 punt 10000");
        assertThat(events).noneMatch(event -> event.type().equals("command.refused"));
    }

    @Test
    void shouldChangeNothingWhenADeviceIsRefused() throws ApplyRefusedException {
        node.apply(twoRouters());
        dataplane.removals.clear();
        dataplane.refusedPorts.add("p2");
        Configuration refused = configuration(
                List.of(port("p1", "null"), port("p2", "null")),
                vpn("red", 102, List.of(router("r9", List.of(access("h1", "p2", 0, "10.0.1.1/24"))))));

        assertThatThrownBy(() -> node.apply(refused))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(Problem.at("ports[1]", "cannot be opened: no such device")));

        assertThat(dataplane.removals).isEmpty();
        assertThat(dataplane.routers).hasSize(2);
        assertThat(NetworkNamespace.list("vireo-" + NODE)).containsExactly(R1, R2);
        assertThat(ids.keys(IdRegistry.Kind.PORT)).containsExactly("p1");
    }

    @Test
    void shouldRefuseAChangeThatTheDataPlaneDoesNotConfirm() throws ApplyRefusedException {
        node.close();
        node = startImpatientNode();
        node.apply(twoRouters());
        dataplane.silent = true;

        assertThatThrownBy(() -> node.apply(oneRouter(access("h9", "p1", 19, "10.0.9.1/24"))))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        Problem.at("", "the data plane did not confirm the change within 1 s")));

        assertThat(events)
                .anyMatch(event ->
                        event.type().equals("apply.undo") && event.text().contains("did not confirm"));
        assertThat(NetworkNamespace.list("vireo-" + NODE)).containsExactly(R1, R2);
        assertThat(Shell.run("ip -n " + R1 + " -o link")).contains("h1:").doesNotContain("h9:");
        dataplane.silent = false;
        assertThat(node.apply(twoRouters()).created()).isZero();
        assertThat(dataplane.routers).hasSize(2);
        assertThat(dataplane.interfaces.values()).noneMatch(element -> element.startsWith("h9"));
    }

    @Test
    void shouldLeaveLinuxAsConfiguredWhenTheDataPlaneIsSilentAtTheStart() throws ApplyRefusedException {
        node.close();
        dataplane.silent = true;
        node = startImpatientNode();
        ApplyReport report = node.apply(twoRouters());

        assertThat(report.dataplanePending()).isTrue();
        assertThat(events).anyMatch(event -> event.type().equals("dataplane.slow"));
        assertThat(NetworkNamespace.list("vireo-" + NODE)).containsExactly(R1, R2);
        dataplane.silent = false;
        waitUntil(() -> dataplane.routers.size() == 2 && dataplane.interfaces.size() == 3);
    }

    @Test
    void shouldNameAnInterfaceThatDoesNotExist() throws ApplyRefusedException {
        node.apply(twoRouters());
        assertThat(node.check(configuration(List.of(port("p1", "null"), port("p2", "af_packet:nosuchif")))))
                .containsExactly(Problem.at("ports[1].device", "there is no Linux interface nosuchif"));
        assertThat(node.check(configuration(List.of(port("p1", "pci:ffff:ff:1f.7")))))
                .containsExactly(Problem.at("ports[0].device", "there is no PCI device ffff:ff:1f.7"));
        assertThatThrownBy(() -> node.apply(configuration(List.of(port("p2", "af_packet:nosuchif")))))
                .isInstanceOf(ApplyRefusedException.class)
                .hasMessageContaining("there is no Linux interface nosuchif");
        assertThat(dataplane.routers).hasSize(2);
    }

    @Test
    void shouldStartWithoutAPortThatHasGoneAndTakeItWhenItComes() throws ApplyRefusedException {
        String name = "vg" + ProcessHandle.current().pid();
        Configuration configuration = configuration(
                List.of(port("p1", "null"), port("p2", "af_packet:" + name)),
                vpn(
                        "blue",
                        101,
                        List.of(router(
                                "r1",
                                List.of(access("h1", "p1", 0, "10.0.1.1/24"), access("h2", "p2", 0, "10.0.2.1/24"))))));
        dataplane.refusedPorts.add("p2");

        node.apply(configuration);

        int h2 = interfaceId("blue/r1/h2");
        String h2Subnet = routerId("blue/r1") + " 10.0.2.0/24";
        waitUntil(() -> dataplane.up.contains(interfaceId("blue/r1/h1")));
        waitUntil(() -> ForwardingRoute.PUNT.equals(dataplane.routes.get(h2Subnet)));
        assertThat(dataplane.interfaces).doesNotContainKey(h2);
        assertThat(events).anyMatch(event -> event.text().contains("there is no Linux interface " + name));
        assertThat(node.status().alarms()).extracting(AlarmStatus::subject).containsExactly("blue/r1/h2");

        Shell.run("ip link add " + name + " type veth peer name " + name + "p");
        try {
            dataplane.refusedPorts.clear();
            waitUntil(() -> dataplane.interfaces.containsKey(h2) && dataplane.up.contains(h2));
            waitUntil(() -> route(h2Subnet).kind() == RouteKind.UNICAST);
            waitUntil(() -> node.status().alarms().isEmpty());
            assertThat(events).extracting(NodeEvent::type).contains("command.accepted");
        } finally {
            Shell.run("ip link del " + name);
        }
    }

    /** Two data planes of one machine whose numbers have met: the one that forwards nothing yet makes way for one with another number. */
    @Test
    void shouldEndADataPlaneWhoseProcessIdIsInTheWayOfItsFirstPorts(@TempDir Path directory)
            throws ApplyRefusedException, IOException {
        Process process = becomeAnotherProcess(directory);
        try (NodeService other = startOther(directory)) {
            refuseFirstPortForItsNumber();
            other.apply(twoRouters());
            waitUntil(() -> !process.isAlive());
            dataplane.close();
            dataplane = new FakeDataplane(directory);
            waitUntil(() -> dataplane.ports.size() == 1 && dataplane.routers.size() == 2);
        } finally {
            process.destroyForcibly();
            NodeService.removeNamespaces(directory);
        }
    }

    /** It may forward by its other ports, as the control before has programmed it. */
    @Test
    void shouldNotEndADataPlaneThatAControlBeforeHasProgrammed(@TempDir Path directory)
            throws ApplyRefusedException, IOException {
        Process process = becomeAnotherProcess(directory);
        try {
            try (NodeService before = startOther(directory)) {
                before.apply(twoRouters());
            }
            refuseFirstPortForItsNumber();
            try (NodeService next = startOther(directory)) {
                next.apply(twoRouters());
                waitUntil(() ->
                        events.stream().anyMatch(event -> event.text().contains("end this node's data plane once")));
                assertThat(process.isAlive()).isTrue();
            }
        } finally {
            process.destroyForcibly();
            NodeService.removeNamespaces(directory);
        }
    }

    private Process becomeAnotherProcess(Path directory) throws IOException {
        dataplane.close();
        Process process = new ProcessBuilder("sleep", "1000").start();
        dataplane = FakeDataplane.ofProcess(directory, process.pid());
        return process;
    }

    private NodeService startOther(Path directory) {
        return NodeService.start(new NodeContext()
                .nodeName(NODE + "o")
                .sharedDirectory(directory)
                .ids(new MemoryIds())
                .listener(events::add));
    }

    private void refuseFirstPortForItsNumber() {
        dataplane.refusedPorts.add("p1");
        dataplane.portRefusal = "could not set PACKET_FANOUT on AF_PACKET socket";
    }

    @Test
    void shouldForgetTheRefusalOfAnInterfaceThatIsConfiguredNoMore() throws ApplyRefusedException {
        dataplane.refusedPorts.add("p2");
        Interface h1 = access("h1", "p1", 0, "10.0.1.1/24");
        node.apply(configuration(
                List.of(port("p1", "null"), port("p2", "null")),
                vpn("blue", 101, List.of(router("r1", List.of(h1, access("h2", "p2", 0, "10.0.2.1/24")))))));
        assertThat(node.status().alarms()).extracting(AlarmStatus::subject).containsExactly("blue/r1/h2");

        node.apply(oneRouter(h1));

        assertThat(node.status().alarms()).isEmpty();
    }

    @Test
    void shouldSilenceALinuxInterfaceThatBecomesAPort() throws ApplyRefusedException {
        node.apply(Configuration.EMPTY);
        String name = "vt" + ProcessHandle.current().pid();
        Shell.run("ip link add " + name + " type veth peer name " + name + "p");
        try {
            Shell.run("ip address add 10.250.0.1/24 dev " + name);
            node.apply(configuration(List.of(port("p1", "af_packet:" + name))));

            assertThat(Shell.run("ip address show dev " + name))
                    .contains("PROMISC", "UP")
                    .doesNotContain("inet");
            assertThat(events).anyMatch(event -> event.text().contains("10.250.0.1/24"));
            assertThat(dataplane.ports).containsValue("net_af_packet_p1,iface=" + name + ",qpairs=1");
        } finally {
            Shell.run("ip link del " + name);
        }
    }

    @Test
    void shouldTakeNothingAwayWhenControlIsRestarted() throws ApplyRefusedException {
        node.apply(twoRouters());
        Shell.run("ip netns exec " + R1 + " ip route add 10.77.0.0/16 via 10.0.1.2");
        // IPv6 addresses become local a moment after they were added.
        waitUntil(() -> dataplane.routes.containsKey(routerId("blue/r1") + " 10.77.0.0/16")
                && dataplane.routes.containsKey(routerId("blue/r1") + " 2001:db8:1::/128")
                && dataplane.routes.containsKey(routerId("blue/r1") + " 2001:db8:1::1/128"));
        var before = Map.copyOf(dataplane.routes);
        dataplane.routes.put(routerId("blue/r1") + " 10.66.0.0/16", ForwardingRoute.PUNT); // what nobody wants any more
        dataplane.removals.clear();

        node.close();
        node = startNode();
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        assertThat(dataplane.removals).isEmpty();
        node.apply(twoRouters());
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.RUNNING);

        assertThat(dataplane.removals).containsExactly("route " + routerId("blue/r1") + " 10.66.0.0/16");
        assertThat(dataplane.routes).isEqualTo(before);
    }

    @Test
    void shouldRemoveNamespacesOfRoutersThatWentWhileControlWasDown() throws ApplyRefusedException {
        node.apply(twoRouters());
        node.close();
        node = startNode();
        node.apply(oneRouter(access("h1", "p1", 10, "10.0.1.1/24")));
        assertThat(NetworkNamespace.list("vireo-" + NODE)).containsExactly(R1);
        assertThat(ids.keys(IdRegistry.Kind.ROUTER)).containsExactly("blue/r1");
    }

    @Test
    void shouldTellANewDataPlaneEverything() throws ApplyRefusedException {
        node.apply(twoRouters());
        Shell.run("ip netns exec " + R1 + " ip route add 10.77.0.0/16 via 10.0.1.2");
        waitUntil(() -> dataplane.routes.containsKey(routerId("blue/r1") + " 10.77.0.0/16"));
        FakeDataplane first = dataplane;

        first.close();
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.ABSENT);
        assertThatThrownBy(() -> node.routes("blue", "r1", TableQuery.ALL).rows())
                .isInstanceOf(DataplaneAbsentException.class);
        long startNs = System.nanoTime();
        dataplane = new FakeDataplane(directory);
        waitUntil(() -> dataplane.routes.equals(first.routes));

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)).isLessThan(1_500);
        assertThat(dataplane.interfaces).isEqualTo(first.interfaces);
        assertThat(dataplane.routers).isEqualTo(first.routers);
        assertThat(dataplane.up).isEqualTo(first.up);
        assertThat(dataplane.ports).isEqualTo(first.ports);
        assertThat(events).extracting(NodeEvent::type).contains("dataplane.lost", "resync.done");
    }

    @Test
    void shouldFinishAnApplicationDuringWhichTheDataPlaneDies() throws ApplyRefusedException {
        node.apply(oneRouter(access("h1", "p1", 10, "10.0.1.1/24")));
        FakeDataplane first = dataplane;
        first.dieAtNextRouter();

        node.apply(twoRouters());

        first.close();
        dataplane = new FakeDataplane(directory);
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.RUNNING);
        assertThat(dataplane.routers).hasSize(2);
        waitUntil(() -> dataplane.routes.containsKey(routerId("blue/r1") + " 10.9.0.0/16")
                && dataplane.routes.containsKey(routerId("blue/r2") + " 10.0.12.2/32"));
    }

    @Test
    void shouldSayThatItIsClosed() {
        NodeService closed = node;
        node.close();
        assertThatThrownBy(closed::status).isInstanceOf(IllegalStateException.class);
        node = startNode();
    }

    @Test
    void shouldPrepareLinuxWithoutADataPlane() throws ApplyRefusedException {
        dataplane.close();
        waitUntil(() -> node.status().dataplane().state() == DataplaneStatus.State.ABSENT);

        ApplyReport report = node.apply(twoRouters());

        assertThat(report.dataplanePending()).isTrue();
        assertThat(Shell.run("ip -n " + R1 + " address show dev h1")).contains("10.0.1.1/24");
        dataplane = new FakeDataplane(directory);
        waitUntil(() -> dataplane.routes.containsKey(routerId("blue/r1") + " 10.0.1.1/32"));
    }

    @Test
    void shouldFindAndRepairADifference() throws ApplyRefusedException {
        node.apply(twoRouters());
        int r1 = routerId("blue/r1");
        waitUntil(() -> node.audit().differences().isEmpty());
        ForwardingRoute local = dataplane.routes.remove(r1 + " 10.0.1.1/32");
        dataplane.routes.put(r1 + " 10.66.0.0/16", ForwardingRoute.PUNT);
        dataplane.routes.put(r1 + " 10.9.0.0/16", ForwardingRoute.PUNT);
        dataplane.neighbours.put(interfaceId("blue/r1/h1") + " 10.0.1.66", 1L);

        AuditReport report = node.audit();

        assertThat(report.differences())
                .extracting(AuditReport.Difference::subject)
                .containsExactlyInAnyOrder(
                        "route 10.0.1.1/32", "route 10.66.0.0/16", "route 10.9.0.0/16", "neighbour 10.0.1.66");
        assertThat(report.routers()).isEqualTo(2);
        waitUntil(() -> node.audit().differences().isEmpty());
        assertThat(dataplane.routes.get(r1 + " 10.0.1.1/32")).isEqualTo(local);
        assertThat(dataplane.routes).doesNotContainKey(r1 + " 10.66.0.0/16");
        assertThat(events).extracting(NodeEvent::type).contains("audit.difference");
    }

    @Test
    void shouldInstallConfiguredRoutesAgainWhenAnInterfaceComesBack() throws ApplyRefusedException {
        node.apply(twoRouters());
        String key = routerId("blue/r1") + " 10.9.0.0/16";
        Shell.run("ip -n " + R1 + " link set to-r2 down");
        waitUntil(() -> !dataplane.routes.containsKey(key));
        Shell.run("ip -n " + R1 + " link set to-r2 up");
        waitUntil(() -> dataplane.routes.containsKey(key));
    }

    @Test
    void shouldLeaveTheCarrierToTheSupervisor() throws ApplyRefusedException, InterruptedException {
        FdKeeper supervisor = FdKeeper.bind(directory.resolve("supervisor.sock"));
        Thread thread = Thread.ofPlatform().start(supervisor::run);
        try {
            node.apply(twoRouters());
            assertThat(supervisor.names()).containsExactly(R1 + "/h1", R1 + "/to-r2", R2 + "/to-r1");

            node.close();

            assertThat(Shell.run("ip -n " + R1 + " -o link show h1")).contains("LOWER_UP");
            node = startNode();
            node.apply(oneRouter(access("h1", "p1", 10, "10.0.1.1/24")));
            assertThat(supervisor.names()).containsExactly(R1 + "/h1");
            assertThat(Shell.run("ip -n " + R1 + " -o link")).contains("h1:").doesNotContain("to-r2:");
        } finally {
            supervisor.close();
            thread.join();
        }
    }

    @Test
    void shouldHandCarriersOverToASupervisorThatComesLater() throws ApplyRefusedException, InterruptedException {
        node.apply(twoRouters());
        FdKeeper supervisor = FdKeeper.bind(directory.resolve("supervisor.sock"));
        Thread thread = Thread.ofPlatform().start(supervisor::run);
        try {
            waitUntil(() -> supervisor.names().size() == 3);
        } finally {
            supervisor.close();
            thread.join();
        }
    }

    @Test
    void shouldAskForStaleNeighbours() throws ApplyRefusedException {
        node.apply(twoRouters());
        Shell.run("ip netns exec " + R1
                + " sysctl -q net.ipv4.neigh.h1.delay_first_probe_time=0 net.ipv4.neigh.h1.retrans_time_ms=50");
        Shell.run("ip -n " + R1 + " neigh add 10.0.1.9 lladdr 02:00:00:00:00:09 dev h1 nud stale");
        int h1 = interfaceId("blue/r1/h1");
        waitUntil(() -> dataplane.neighbours.containsKey(h1 + " 10.0.1.9"));
        // Nobody answers the kernel's question, so it forgets the neighbour and with it the data plane.
        node.probeNeighbours();
        waitUntil(() -> !dataplane.neighbours.containsKey(h1 + " 10.0.1.9"));
    }

    @Test
    void shouldTellTheStatus() throws ApplyRefusedException {
        node.apply(twoRouters());
        var status = node.status();
        assertThat(status.dataplane().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(status.ports()).singleElement().satisfies(p -> {
            assertThat(p.state()).isEqualTo("up");
            assertThat(p.device()).isEqualTo("null");
        });
        assertThat(status.routers()).hasSize(2);
        assertThat(status.routers().getFirst().interfaces())
                .extracting(InterfaceStatus::attachment)
                .containsExactly("p1.10", "r2/to-r1");
        assertThat(status.routers().getFirst().interfaces()).allMatch(InterfaceStatus::up);
    }

    @Test
    void shouldTraceAFrame() throws ApplyRefusedException {
        node.apply(twoRouters());
        TraceReport report = node.trace(new TraceRequest(new InterfacePath("blue", "r1", "h1"), new byte[14]));
        assertThat(report.verdict()).isEqualTo("drop");
        assertThat(report.reason()).isEqualTo("NO_ROUTE");
        assertThat(report.steps()).singleElement().satisfies(step -> {
            assertThat(step.stage()).isEqualTo("forward");
            assertThat(step.fields()).containsEntry("router", "blue/r1").containsEntry("interface", "blue/r1/h1");
            assertThat(step.frame()).isEqualTo("00".repeat(14));
        });
    }

    @Test
    void shouldShowTheRouteThatATracedFrameTakes() throws ApplyRefusedException {
        node.apply(twoRouters());
        waitUntil(() -> dataplane.routes.containsKey(routerId("blue/r1") + " 10.0.1.1/32"));
        byte[] frame = new byte[34];
        frame[12] = 8; // IPv4
        System.arraycopy(new byte[] {10, 0, 1, 1}, 0, frame, 30, 4);

        TraceReport report = node.trace(new TraceRequest(new InterfacePath("blue", "r1", "h1"), frame));

        assertThat(report.steps().getFirst().fields()).containsEntry("prefix", "10.0.1.1/32");
        frame[30] = 11;
        report = node.trace(new TraceRequest(new InterfacePath("blue", "r1", "h1"), frame));
        assertThat(report.steps().getFirst().fields()).doesNotContainKey("prefix");
    }

    @Test
    void shouldSayWhatDoesNotExist() {
        assertThatThrownBy(() -> node.routes("blue", "r1", TableQuery.ALL).rows())
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no router blue/r1");
        assertThatThrownBy(() -> node.namespaceOf("no", "one")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void shouldRefuseASecondControlAndNameTheFirst() {
        assertThatThrownBy(this::startNode)
                .isInstanceOf(NodeLockedException.class)
                .hasMessageContaining("control.lock is held by process "
                        + ProcessHandle.current().pid());
    }

    private static Configuration twoRouters() {
        return configuration(
                List.of(port("p1", "null")),
                vpn(
                        "blue",
                        101,
                        List.of(
                                router(
                                        "r1",
                                        List.of(
                                                access("h1", "p1", 10, "10.0.1.1/24", "2001:db8:1::1/64"),
                                                loopback("lo", "192.0.2.1/32")),
                                        via("10.9.0.0/16", "10.0.12.2")),
                                router("r2", List.of())),
                        link("l1", end("r1", "to-r2", "10.0.12.1/24"), end("r2", "to-r1", "10.0.12.2/24"))));
    }

    private static Configuration oneRouter(Interface element) {
        return oneRouter(101, element);
    }

    private static Configuration oneRouter(long vpnId, Interface element) {
        return configuration(List.of(port("p1", "null")), vpn("blue", vpnId, List.of(router("r1", List.of(element)))));
    }

    private int routerId(String key) {
        return ids.idOf(IdRegistry.Kind.ROUTER, key, 64);
    }

    private int interfaceId(String key) {
        return ids.idOf(IdRegistry.Kind.INTERFACE, key, 256);
    }

    private ForwardingRoute route(String key) {
        return dataplane.routes.getOrDefault(key, ForwardingRoute.of(RouteKind.BLACKHOLE));
    }

    private byte[] nextArp(int interfaceId) throws InterruptedException {
        while (true) {
            FakeDataplane.Injected frame = dataplane.injected.poll(5, TimeUnit.SECONDS);
            assertThat(frame).as("an ARP reply within five seconds").isNotNull();
            boolean arp = frame.frame()[12] == 8 && frame.frame()[13] == 6;
            if (frame.interfaceId() == interfaceId && arp && frame.frame()[21] == 2) {
                return frame.frame();
            }
        }
    }
}
