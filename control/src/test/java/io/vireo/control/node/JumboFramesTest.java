package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.NodeEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets of 9,000 bytes between hosts over veth, by the real data plane. */
@Tag("slow")
class JumboFramesTest {
    private static final long TIMEOUT_NS = 60_000_000_000L;
    private static final String NODE = "j" + ProcessHandle.current().pid();
    private static final String DEVICE = "vj" + ProcessHandle.current().pid();

    private final List<NodeEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private TestNamespace host1;
    private TestNamespace host2;

    @BeforeEach
    void makeHosts() {
        host1 = host(1);
        host2 = host(2);
    }

    @AfterEach
    void removeHosts() {
        NodeService.removeNamespaces(directory);
        Shell.run("ip link del " + DEVICE + "1");
        Shell.run("ip link del " + DEVICE + "2");
        host1.close();
        host2.close();
    }

    @Test
    void shouldCarryThemWhereBuffersHoldThem() throws ApplyRefusedException, InvalidConfigurationException {
        try (RunningDataplane dataplane = new RunningDataplane(directory, "vireo.mbuf.bytes=9408", "vireo.mbufs=4096");
                NodeService node = start()) {
            awaitDataplane(node, dataplane);
            node.apply(mtu(9_000));

            assertThat(host1.run("ping -c 1 -W 5 10.0.2.2")).contains(" 0% packet loss");
            assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 -M do -s 8972 10.0.2.2"))
                    .contains(" 0% packet loss");
            assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 -M do -s 8972 10.0.1.1"))
                    .as("by way of the kernel")
                    .contains(" 0% packet loss");
        }
    }

    @Test
    void shouldRefuseThemBeforeAnythingChangesWhereBuffersDoNot()
            throws ApplyRefusedException, InvalidConfigurationException {
        try (RunningDataplane dataplane = new RunningDataplane(directory);
                NodeService node = start()) {
            awaitDataplane(node, dataplane);
            node.apply(mtu(1_500));
            assertThat(host1.run("ping -c 1 -W 5 10.0.2.2")).contains(" 0% packet loss");
            events.clear();

            assertThatThrownBy(() -> node.apply(mtu(9_000)))
                    .isInstanceOf(ApplyRefusedException.class)
                    .hasMessageContaining("ports[0].mtu: is 9000, above 1952");

            assertThat(events).as("no port was closed").isEmpty();
            assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 10.0.2.2")).contains(" 0% packet loss");
        }
    }

    private NodeService start() {
        return NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(new MemoryIds())
                .listener(events::add));
    }

    private static void awaitDataplane(NodeService node, RunningDataplane dataplane) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (node.status().dataplane().state() != DataplaneStatus.State.SYNCHRONISING) {
            assertThat(System.nanoTime()).as(dataplane.log()).isLessThan(deadlineNs);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Configuration mtu(int mtu) throws InvalidConfigurationException {
        return ConfigurationReader.read("""
                ports:
                  - {name: p1, device: "af_packet:%1$s1", mtu: %2$d}
                  - {name: p2, device: "af_packet:%1$s2", mtu: %2$d}
                vpns:
                  - name: blue
                    id: 101
                    routers:
                      - name: r1
                        interfaces:
                          - {name: h1, port: p1, mtu: %2$d, addresses: [10.0.1.1/24]}
                          - {name: h2, port: p2, mtu: %2$d, addresses: [10.0.2.1/24]}
                """.formatted(DEVICE, mtu));
    }

    private static TestNamespace host(int number) {
        TestNamespace host = new TestNamespace();
        String port = DEVICE + number;
        Shell.run("ip link add " + port + " mtu 9000 type veth peer name eth0 mtu 9000 netns " + host.name());
        host.run("ethtool -K eth0 tx off tso off gso off");
        host.batch("""
                link set eth0 up
                address add 10.0.%1$d.2/24 dev eth0
                route add default via 10.0.%1$d.1
                """.formatted(number));
        return host;
    }
}
