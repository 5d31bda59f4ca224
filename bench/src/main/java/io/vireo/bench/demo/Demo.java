package io.vireo.bench.demo;

import io.vireo.bench.demo.checks.Borrowing;
import io.vireo.bench.demo.checks.ControlDeath;
import io.vireo.bench.demo.checks.DataPlaneDeath;
import io.vireo.bench.demo.checks.Isolation;
import io.vireo.bench.demo.checks.LiveRoute;
import io.vireo.bench.demo.checks.Ospf;
import io.vireo.bench.demo.checks.Ping;
import io.vireo.bench.demo.checks.SharedLine;
import io.vireo.bench.demo.checks.Throughput;
import io.vireo.bench.demo.checks.Throughput.Direction;
import io.vireo.bench.demo.checks.Throughput.Transport;
import io.vireo.bench.demo.checks.Traceroute;
import io.vireo.bench.demo.checks.VoiceDelay;
import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoConfiguration;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.FrrDaemons;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.control.supervisor.NodePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sets the lab and the node up, and takes both away again. {@link #close} may be called by any thread, and twice. */
final class Demo implements Act {
    private static final String LEARNED_PREFIX = "10.99.0.1/32";
    private static final String LEARNED_ADDRESS = "10.99.0.1";
    private static final String LIVE_PREFIX = "10.77.0.0/24";
    private static final String LIVE_ADDRESS = "10.77.0.1";

    private final Path directory;
    private final Lab lab;
    private final DemoNode node;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean keepsLogs;

    /**
     * @param home the checkout
     * @param directory receives configuration, logs and captures
     */
    Demo(Path home, Path directory) {
        this.directory = directory;
        this.lab = new Lab(directory);
        this.node = new DemoNode(home);
        DemoConfiguration.addHosts(lab);
    }

    @Override
    public String title() {
        return "hosts and node";
    }

    @Override
    public String hints() {
        return """
                  ./vireo status --node demo
                  ./vireo show routes --node demo blue/r1
                  ./vireo exec --node demo blue/r1 -- ip route
                  ./vireo show classes --node demo
                  ip netns exec demo-blue-h1 ping 10.0.2.2
                  ip netns exec demo-chain-a traceroute -n -m 40 10.1.2.2
                """;
    }

    /** Makes the hosts; starts a node without a past. */
    @Override
    public void setUp() throws IOException {
        Files.createDirectories(directory);
        node.down();
        node.forget();
        DemoNode.remove(keptLogs());
        lab.create();
        Path configuration = directory.resolve("demo.yaml");
        Files.writeString(configuration, DemoConfiguration.yaml());
        node.up(configuration);
    }

    /** All checks, in their order: each relies on what the ones before it left. */
    @Override
    public List<DemoCheck> checks() {
        List<DemoCheck> checks = new ArrayList<>();
        for (String vpn : List.of("blue", "red")) {
            reachability(vpn, checks);
        }
        throughput("blue", checks);
        throughput("red", checks);
        Host h1 = lab.host("blue-h1");
        Host h2 = lab.host("blue-h2");
        checks.add(new Isolation(lab, directory, List.of(h1, h2), List.of(lab.host("red-h1"), lab.host("red-h2"))));
        h2.addLoopbackAddress(LIVE_ADDRESS + "/32");
        checks.add(new LiveRoute(node, "blue/r1", h1, LIVE_PREFIX, LIVE_ADDRESS, h2.address(IpFamily.IPV4)));
        checks.add(new Ospf(node, lab, h1, lab.host("blue-frr"), LEARNED_PREFIX, LEARNED_ADDRESS));
        checks.add(new Traceroute("chain", lab.host("chain-a"), DemoConfiguration.chainHops()));
        checks.add(repeated(new SharedLine(node, lab)));
        checks.add(repeated(new Borrowing(node, lab, directory)));
        checks.add(repeated(new VoiceDelay(node, lab, DemoConfiguration.VOICE_DSCP, DemoConfiguration.VOICE_DELAY)));
        checks.add(repeated(new ControlDeath(node, h1, h2)));
        checks.add(repeated(new DataPlaneDeath(node, h1, h2)));
        return checks;
    }

    private static DemoCheck repeated(DemoCheck check) {
        return new Repeated(check, System::nanoTime);
    }

    private void reachability(String vpn, List<DemoCheck> checks) {
        Host h1 = lab.host(vpn + "-h1");
        Host h2 = lab.host(vpn + "-h2");
        checks.add(new Ping(vpn, h1, h2.address(IpFamily.IPV4)));
        checks.add(new Ping(vpn, h1, h2.address(IpFamily.IPV6)));
        checks.add(new Traceroute(vpn, h1, List.of("10.0.1.1", h2.address(IpFamily.IPV4))));
        checks.add(new Traceroute(vpn, h1, List.of("2001:db8:1::1", h2.address(IpFamily.IPV6))));
    }

    private void throughput(String vpn, List<DemoCheck> checks) {
        Host h1 = lab.host(vpn + "-h1");
        Host h2 = lab.host(vpn + "-h2");
        for (Transport transport : Transport.values()) {
            for (Direction direction : Direction.values()) {
                checks.add(repeated(
                        new Throughput(vpn, node, lab, h1, h2, h2.address(IpFamily.IPV4), transport, direction)));
            }
        }
    }

    /** Has {@link #close} move the node's logs to {@link #keptLogs}. */
    @Override
    public void keepLogs() {
        keepsLogs = true;
    }

    /** Where the node's logs are after {@link #close}, when they are kept. */
    @Override
    public Path keptLogs() {
        return directory.resolve("node");
    }

    /** Where they are as long as the node runs. */
    @Override
    public Path runningLogs() {
        return NodePaths.of(DemoNode.NAME).logDirectory();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lab.close();
            node.down();
            if (keepsLogs) {
                node.moveLogs(keptLogs());
            }
            node.forget();
            List.of(lab.host("blue-frr").namespace(), node.namespaceOf("blue", "r1"))
                    .forEach(namespace -> new FrrDaemons(lab, namespace).removeFiles());
        }
    }
}
