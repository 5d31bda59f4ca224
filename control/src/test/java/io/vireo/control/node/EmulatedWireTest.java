package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Linux hosts on either side of a link between virtual routers: what their ping and iperf3 say of the emulated wire. */
@Tag("slow")
class EmulatedWireTest {
    private static final long TIMEOUT_NS = 30_000_000_000L;
    private static final String NODE = "w" + ProcessHandle.current().pid();
    private static final String DEVICE = "vw" + ProcessHandle.current().pid();
    private static final Pattern SHORTEST = Pattern.compile("= ([0-9.]+)/");
    private static final Pattern RECEIVED = Pattern.compile("(\\d+) received");
    private static final Pattern RATE = Pattern.compile("([0-9.]+) Kbits/sec\\s+receiver");

    @TempDir
    private Path directory;

    private TestNamespace host1;
    private TestNamespace host2;
    private RunningDataplane dataplane;
    private NodeService node;

    @BeforeEach
    void start() {
        host1 = host(1);
        host2 = host(2);
        dataplane = new RunningDataplane(directory);
        node = NodeService.start(
                new NodeContext().nodeName(NODE).sharedDirectory(directory).ids(new MemoryIds()));
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (node.status().dataplane().state() != DataplaneStatus.State.SYNCHRONISING) {
            assertThat(System.nanoTime()).as(dataplane.log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        Shell.run("ip link del " + DEVICE + "1");
        Shell.run("ip link del " + DEVICE + "2");
        host1.close();
        host2.close();
    }

    private void apply(String link, String access) throws Exception {
        node.apply(ConfigurationReader.read("""
                ports:
                  - {name: p1, device: "af_packet:%1$s1"}
                  - {name: p2, device: "af_packet:%1$s2"}
                vpns:
                  - name: blue
                    id: 101
                    routers:
                      - name: r1
                        interfaces: [{name: h1, port: p1, addresses: [10.0.1.1/24]}]
                        routes: [{prefix: 10.0.2.0/24, via: 10.0.9.2}]
                      - name: r2
                        interfaces: [{name: h2, port: p2, addresses: [10.0.2.1/24]%3$s}]
                        routes: [{prefix: 10.0.1.0/24, via: 10.0.9.1}]
                    links:
                      - {name: l, a: {router: r1, interface: to-r2, addresses: [10.0.9.1/30]},
                         b: {router: r2, interface: to-r1, addresses: [10.0.9.2/30]}%2$s}
                """.formatted(DEVICE, link, access)));
    }

    private String ping(int count, String interval) {
        return host1.run("ping -q -c " + count + " -i " + interval + " -W 2 10.0.2.2");
    }

    private static double shortestMs(String output) {
        Matcher matcher = SHORTEST.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void shouldDelayBothDirectionsOfALinkAndAPort() throws Exception {
        apply(", emulation: {delay: 20ms}", ", emulation: {delay: 10ms}");
        ping(3, "0.2");
        String output = ping(100, "0.02");
        assertThat(output).contains(" 0% packet loss");
        // Never early, but for ping's clock, which may be slewed by 500 ppm; hosts and their kernels take time, too.
        assertThat(shortestMs(output)).as(output).isBetween(49.97, 51.5);
    }

    @Test
    void shouldLoseAsConfiguredAndCountIt() throws Exception {
        apply("", "");
        ping(3, "0.2");
        apply(", emulation: {loss: 20%, seed: 5}", "");
        Matcher received = RECEIVED.matcher(host1.run("ping -q -c 500 -i 0.005 -W 1 10.0.2.2"));
        assertThat(received.find()).isTrue();
        // Both ways: 64 % come back; five standard deviations are 54 of 500.
        assertThat(Integer.parseInt(received.group(1))).isBetween(320 - 54, 320 + 54);
        assertThat(node.status().drops()).extracting(DropCount::reason).contains("EMULATED_LOSS");
    }

    @Test
    void shouldLoseNothingWhileTheDelayChanges() throws Exception {
        apply(", emulation: {delay: 30ms}", "");
        ping(3, "0.2");
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> ping(300, "0.01"));
        for (int n = 0; n < 20; n++) {
            apply(", emulation: {delay: " + (n % 2 == 0 ? 3 : 40) + "ms, keepOrder: true}", "");
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(output.get()).contains(" 0% packet loss");
    }

    @Test
    void shouldEnforceTheBandwidthOfALink() throws Exception {
        apply(", bandwidth: 10Mbit", "");
        ping(3, "0.2");
        CompletableFuture<String> server = CompletableFuture.supplyAsync(() -> host2.run("iperf3 -s -1"));
        LockSupport.parkNanos(500_000_000);
        Matcher rate = RATE.matcher(host1.run("iperf3 -c 10.0.2.2 -t 4 -f k"));
        server.get();
        assertThat(rate.find()).isTrue();
        // Of 1,538 bytes on the wire 1,448 are TCP's payload: 9,415 kbit/s; less while it begins.
        assertThat(Double.parseDouble(rate.group(1))).isBetween(7_500.0, 9_500.0);
    }

    private static TestNamespace host(int number) {
        TestNamespace host = new TestNamespace();
        Shell.run("ip link add " + DEVICE + number + " type veth peer name eth0 netns " + host.name());
        host.run("ethtool -K eth0 tx off tso off gso off gro off");
        host.batch("""
                link set eth0 up
                address add 10.0.%1$d.2/24 dev eth0
                route add default via 10.0.%1$d.1
                """.formatted(number));
        return host;
    }
}
