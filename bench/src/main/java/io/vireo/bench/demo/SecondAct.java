package io.vireo.bench.demo;

import io.vireo.bench.demo.checks.Isolation;
import io.vireo.bench.demo.checks.KeysForAll;
import io.vireo.bench.demo.checks.OnTheWire;
import io.vireo.bench.demo.checks.Ping;
import io.vireo.bench.demo.checks.Ring;
import io.vireo.bench.demo.checks.Traceroute;
import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Launcher;
import io.vireo.bench.demo.lab.TopologyLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Virtual links between five nodes: {@code docs/lab/act2.yaml}; and with {@code --ring} the ring of 200 virtual routers. */
final class SecondAct implements Act {
    private static final String FAR = "10.1.2.2";
    private static final String FAR_DIRECT = "10.1.3.2";
    private static final int KEYS = 8;

    private final Path directory;
    private final Launcher launcher;
    private final boolean hasRing;
    private final TopologyLab nodes;
    private final Lab programs;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean keepsLogs;

    /**
     * @param home      the checkout
     * @param directory receives captures and logs
     * @param hasRing   whether the ring is checked too, which takes some minutes, and taken away
     */
    SecondAct(Path home, Path directory, boolean hasRing) {
        this.directory = directory;
        this.hasRing = hasRing;
        launcher = new Launcher(home);
        nodes = new TopologyLab(launcher, "act2", List.of("n1", "n2", "n3", "n4", "n5"));
        programs = new Lab(directory);
    }

    @Override
    public String title() {
        return "five nodes and hosts";
    }

    @Override
    public void setUp() throws IOException {
        Files.createDirectories(directory);
        DemoNode.remove(keptLogs());
        nodes.up(launcher.home().resolve("docs/lab/act2.yaml"));
        for (Host host : hosts().toList()) { // a traceroute asks many at once
            host.command("sysctl", "-qw", "net.ipv4.icmp_ratelimit=0").runOrThrow();
        }
    }

    private Host near(String vpn) {
        return nodes.host(vpn + "h1", "10.1.1.2/24");
    }

    private Host far(String vpn) {
        return nodes.host(vpn + "h2", FAR + "/24");
    }

    private Stream<Host> hosts() {
        return Stream.of("blue", "red", "sw", "deep", "one", "two").flatMap(vpn -> Stream.of(near(vpn), far(vpn)));
    }

    @Override
    public List<DemoCheck> checks() {
        List<DemoCheck> checks = new ArrayList<>();
        List<String> wire = wire("n1", "n2");
        checks.add(onTheWire("blue: without keys nothing is sent, least of all in clear", wire, "50", 0, 0, "blue"));
        checks.add(new KeysForAll(nodes, KEYS));
        checks.add(new Ping("blue: ESP", near("blue"), FAR));
        checks.add(new Ping("red: ESP", near("red"), FAR));
        checks.add(trace("blue n1-n3-n5", near("blue"), "10.101.13.2", "10.101.35.2", FAR));
        checks.add(trace("red n1-n2-n4", near("red"), "10.102.12.2", "10.102.24.2", FAR));
        checks.add(new Isolation(
                programs, directory, List.of(near("blue"), far("blue")), List.of(near("red"), far("red"))));
        checks.add(onTheWire("blue: on the wire ESP, and nothing to read", wire, "50", 5, 0, "blue"));
        checks.add(trace("tunnel switch at n1", near("sw"), "10.103.12.1", "10.103.15.2", FAR));
        checks.add(trace("edge to edge beside it", near("sw"), "10.103.25.2", FAR_DIRECT));
        List<String> gre = wire("n1", "n2");
        checks.add(onTheWire("tunnel switch: GRE before it", gre, "47", 5, 10, "sw"));
        List<String> ipip = wire("n5", "n1");
        checks.add(onTheWire("tunnel switch: IP in IP behind it", ipip, "4 1", 5, 10, "sw"));
        checks.add(trace("VPN upon VPN upon VPN", near("deep"), "10.107.24.2", FAR));
        List<String> deep = wire("n2", "n3");
        checks.add(onTheWire("VPN upon VPN upon VPN: three headers", deep, "4 4 4 1", 5, 10, "deep"));
        checks.add(trace("diversified net, past n4", near("one"), "10.108.35.2", FAR));
        checks.add(trace("diversified net, by n4", near("two"), "10.109.34.2", "10.109.45.2", FAR));
        List<String> substrate = wire("n4", "n5");
        checks.add(onTheWire("one: across n4, to identifier 9 without IP", substrate, "link 9 1", 5, 10, "one"));
        if (hasRing) {
            checks.add(new Ring(launcher, directory));
        }
        return checks;
    }

    private DemoCheck onTheWire(
            String claim, List<String> ends, String protocols, int answers, int readable, String vpn) {
        return new OnTheWire(
                programs, directory, new OnTheWire.Expected(claim, ends, protocols, answers, readable), near(vpn), FAR);
    }

    private List<String> wire(String node, String next) {
        return List.of(nodes.device(node, "next"), nodes.device(next, "prev"));
    }

    private static DemoCheck trace(String name, Host from, String... afterFirst) {
        return new Traceroute(
                name,
                from,
                Stream.concat(Stream.of("10.1.1.1"), Stream.of(afterFirst)).toList());
    }

    @Override
    public void keepLogs() {
        keepsLogs = true;
    }

    @Override
    public Path keptLogs() {
        return directory.resolve("nodes");
    }

    @Override
    public Path runningLogs() {
        return nodes.logDirectories().findFirst().orElseThrow().resolveSibling("act2-n*");
    }

    @Override
    public String hints() {
        return """
                  ./vireo lab status --name act2
                  ./vireo show links --node act2-n2
                  ./vireo trace --node act2-n2 --from third/host --src 10.1.1.2 --dst 10.1.2.2
                  ip netns exec act2-blueh1 traceroute -n 10.1.2.2
                  tcpdump -n -i act2-n1-next
                """;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            programs.close();
            if (keepsLogs) {
                nodes.copyLogs(keptLogs());
            }
            nodes.down();
            if (hasRing) {
                Ring.lab(launcher).down(); // the check may have been interrupted
            }
        }
    }
}
