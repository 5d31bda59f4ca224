package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.control.linux.FdKeeper;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.process.Command;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.RouteStatus;
import io.vireo.control.view.RoutingStatus;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two VPNs with the same addresses, each of two routers and a link; the document has FRR speak OSPF in one and RIP in the other.
 */
@Tag("slow")
class RoutingDaemonsTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String NODE = "rt" + ProcessHandle.current().pid();

    private static final String DOCUMENT = """
        vpns:
          - name: red
            id: 1
            routers:
              - name: r1
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.1/32]}]
                routing: {protocol: ospf, families: [ipv4, ipv6], bfd: true, interfaces: [{name: east, helloSeconds: 1, cost: COST}]}
              - name: r2
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.2/32]}]
                routing: {protocol: ospf, families: [ipv4, ipv6], bfd: true, interfaces: [{name: west, helloSeconds: 1}]}
            links:
              - name: l
                a: {router: r1, interface: east, addresses: [10.0.0.1/30], adminState: STATE}
                b: {router: r2, interface: west, addresses: [10.0.0.2/30]}
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.1/32]}]
                routing: {protocol: rip, families: [ipv4, ipv6], timers: {updateSeconds: 5, timeoutSeconds: 15, garbageSeconds: 5}}
              - name: r2
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.2/32]}]
                routing: {protocol: rip, families: [ipv4, ipv6], timers: {updateSeconds: 5, timeoutSeconds: 15, garbageSeconds: 5}}
            links:
              - name: l
                a: {router: r1, interface: east, addresses: [10.0.0.1/30], adminState: STATE}
                b: {router: r2, interface: west, addresses: [10.0.0.2/30]}
        """;

    private static final String BGP = """
        vpns:
          - name: red
            id: 1
            routers:
              - name: r1
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.1/32, "2001:db8:1::1/64"]}]
                routing: {protocol: bgp, asn: 65001, families: [ipv4, ipv6], redistribute: [connected],
                  neighbors: [{address: 10.0.0.2, remoteAsn: 65002, passwordFile: SECRET}, {address: "2001:db8::2", remoteAsn: 65002}]}
              - name: r2
                interfaces: [{name: lo, loopback: true, addresses: [192.0.2.2/32, "2001:db8:2::1/64"]}]
                routing: {protocol: bgp, asn: 65002, families: [ipv4, ipv6], networks: [192.0.2.2/32, "2001:db8:2::/64"],
                  neighbors: [{address: 10.0.0.1, remoteAsn: 65001, passwordFile: SECRET}, {address: "2001:db8::1", remoteAsn: 65001}]}
            links:
              - name: l
                a: {router: r1, interface: east, addresses: [10.0.0.1/30, "2001:db8::1/64"]}
                b: {router: r2, interface: west, addresses: [10.0.0.2/30, "2001:db8::2/64"]}
          - name: own
            id: 2
            routers: [{name: r1, routing: {daemon: {command: [/bin/sleep, "1000"]}}}]
        """;

    @TempDir
    private Path directory;

    private final IdRegistry ids = new MemoryIds();
    private FdKeeper supervisor;
    private Thread supervisorThread;
    private RunningDataplane dataplane;
    private NodeService service;

    @BeforeEach
    void start() {
        assumeTrue(Files.exists(Path.of("/usr/lib/frr/ospfd")), "the package frr is not installed");
        supervisor = FdKeeper.bind(directory.resolve("supervisor.sock"));
        supervisorThread = Thread.ofPlatform().start(supervisor::run);
        dataplane = new RunningDataplane(directory);
        startControl();
    }

    private void startControl() {
        service = NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .logDirectory(directory.resolve("log"))
                .ids(ids));
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.close();
        dataplane.close();
        supervisor.close();
        supervisorThread.join();
        NodeService.removeNamespaces(directory);
    }

    @Test
    void shouldRouteByWhatTheDocumentSaysWhateverBecomesOfControl()
            throws ApplyRefusedException, InvalidConfigurationException {
        waitUntil(() -> service.status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        apply(document("up", 10));
        waitUntil(() -> reaches("red") && reaches("blue"));
        ping("red");
        ping("blue");
        waitUntil(() -> neighbours("red").containsAll(List.of("ospf", "ospf6", "bfd"))
                && neighbours("blue").contains("rip"));
        List<Long> pids = pids();
        assertThat(pids).hasSize(14).doesNotContain(0L);

        service.close();
        startControl();
        apply(document("up", 10));
        waitUntil(() -> pids().equals(pids));
        assertThat(reaches("blue")).as("RIP has not waited for control").isTrue();
        // BFD has: it goes by way of control, and is quicker than that begins anew.
        waitUntil(() -> reaches("red"));
        ping("red");

        apply(document("down", 77));
        waitUntil(() -> forgot("red") && forgot("blue"));
        apply(document("up", 77));
        waitUntil(() -> reaches("red") && reaches("blue"));
        assertThat(pids()).isEqualTo(pids);
        String sockets = routing("red", "r1").directory() + "/run";
        assertThat(Command.of("vtysh", "--vty_socket", sockets, "-d", "ospfd", "-c", "show ip ospf interface east")
                        .runOrThrow())
                .contains("Cost: 77");

        ProcessHandle.of(daemon("ospfd").pid()).orElseThrow().destroyForcibly();
        waitUntil(() -> daemon("ospfd").restarts() == 1);
        waitUntil(() -> reaches("red") && routing("red", "r1").state().equals(RoutingStatus.UP));

        apply(document("up", 77).replaceAll(" +routing: .*\n", ""));
        waitUntil(() -> forgot("red") && forgot("blue"));
        assertThat(service.status().routing()).isEmpty();
        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    /** BGP of both families, signed, and a program of the customer's own. */
    @Test
    void shouldSpeakBgpAndRunAProgramAsNobody()
            throws ApplyRefusedException, InvalidConfigurationException, IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        waitUntil(() -> service.status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
        apply(BGP.replace("SECRET", secret.toString()));
        waitUntil(() -> reaches("red")
                && knows("red", "r1", "2001:db8:2::/64")
                && routing("own", "r1").state().equals(RoutingStatus.UP));
        waitUntil(() -> learned("red").containsAll(List.of("ebgp ipv4 1", "ebgp ipv6 1"))
                && neighbours("red").equals(List.of("bgp", "bgp")));
        Path process = Path.of(
                "/proc", Long.toString(routing("own", "r1").daemons().getFirst().pid()));
        assertThat(Files.readString(process.resolve("status")))
                .contains("Uid:\t65534\t65534\t65534\t65534", "CapEff:\t0000000000003400", "NoNewPrivs:\t1");
        assertThat(Shell.run("ip netns identify " + process.getFileName()).strip())
                .isEqualTo(service.namespaceOf("own", "r1"));

        List<Long> pids = pids();
        apply(BGP.replace("SECRET", secret.toString()).replace("networks: [192.0.2.2/32, ", "networks: ["));
        waitUntil(() -> forgot("red"));
        assertThat(knows("red", "r1", "2001:db8:2::/64")).isTrue();
        assertThat(pids()).as("nobody had to begin anew").isEqualTo(pids);

        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> apply(BGP.replace("SECRET", secret.toString())))
                .hasMessageContaining("vpns[0].routers[0].routing.neighbors[0].passwordFile")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldNotStartASecondDaemonOfOneProtocol()
            throws ApplyRefusedException, InvalidConfigurationException, IOException, InterruptedException {
        String document = "vpns: [{name: red, id: 1, routers: [{name: r1%s}]}]";
        apply(document.formatted(""));
        Path foreign = Files.copy(Path.of("/bin/sleep"), directory.resolve("ripd"));
        Process process = new ProcessBuilder(
                        "ip", "netns", "exec", service.namespaceOf("red", "r1"), foreign.toString(), "1000")
                .start();
        try {
            apply(document.formatted(", routing: {protocol: rip}"));
            waitUntil(() -> String.valueOf(routing("red", "r1").reason())
                    .contains("a ripd that is not the node's runs in namespace"));
        } finally {
            process.destroyForcibly().waitFor();
        }
        waitUntil(() -> routing("red", "r1").state().equals(RoutingStatus.UP));
    }

    private static String document(String state, int cost) {
        return DOCUMENT.replace("STATE", state).replace("COST", Integer.toString(cost));
    }

    private void apply(String document) throws ApplyRefusedException, InvalidConfigurationException {
        service.apply(ConfigurationReader.read(document));
    }

    /** Both ways. */
    private boolean reaches(String vpn) {
        return knows(vpn, "r1", "192.0.2.2/32") && knows(vpn, "r2", "192.0.2.1/32");
    }

    private boolean forgot(String vpn) {
        return !knows(vpn, "r1", "192.0.2.2/32");
    }

    private boolean knows(String vpn, String router, String prefix) {
        try (TablePart<RouteStatus> routes = service.routes(vpn, router, TableQuery.ALL)) {
            boolean isThere = false;
            for (RouteStatus route : routes.rows()) {
                isThere |= route.prefix().equals(prefix);
            }
            return isThere;
        }
    }

    private void ping(String vpn) {
        assertThat(Shell.run("ip netns exec " + service.namespaceOf(vpn, "r1")
                        + " ping -q -l 10 -c 10 -i 0.1 -W 10 -I 192.0.2.1 192.0.2.2"))
                .contains(" 10 received");
    }

    private List<String> neighbours(String vpn) {
        return routing(vpn, "r1").neighbours().stream()
                .filter(RoutingStatus.Neighbour::up)
                .map(RoutingStatus.Neighbour::protocol)
                .toList();
    }

    private List<String> learned(String vpn) {
        return routing(vpn, "r1").routes().stream()
                .map(each -> each.protocol() + " " + each.family() + " " + each.used())
                .toList();
    }

    private List<Long> pids() {
        return service.status().routing().stream()
                .flatMap(each -> each.daemons().stream())
                .map(RoutingStatus.Daemon::pid)
                .toList();
    }

    /** Of red's first router. */
    private RoutingStatus.Daemon daemon(String name) {
        return routing("red", "r1").daemons().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RoutingStatus routing(String vpn, String router) {
        return service.status().routing().stream()
                .filter(each -> each.vpn().equals(vpn) && each.router().equals(router))
                .findFirst()
                .orElseThrow();
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> service.status().routing().toString())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
