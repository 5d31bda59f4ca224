package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.InterfacePath;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the classes of tunnels are programmed when they, or the ports that they are of, come, move and go. */
class TunnelSchedulingTest {
    private static final long DEADLINE_NS = 20_000_000_000L;
    private static final String NODE = "ts" + ProcessHandle.current().pid();

    private static final String DOCUMENT = """
            ports: [{name: p1, device: null, rate: 100Mbit}, {name: p2, device: null, rate: 100Mbit}]
            vpns:
              - name: core
                id: 1
                routers:
                  - name: r1
                    interfaces:
                      - {name: w1, port: p1, addresses: [192.0.2.1/24], scheduling: {guarantee: 10Mbit}}
                      - {name: w2, port: p2, addresses: [198.51.100.1/24]}
              - name: blue
                id: 2
                routers:
                  - name: r1
                    interfaces:
                      - name: t
                        encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 203.0.113.2}}
                        scheduling:
                          port: p1
                          guarantee: 60Mbit
                          classes:
                            - {name: web, guarantee: 10Mbit, match: [{protocol: tcp, destinationPorts: 443}]}
            """;

    @TempDir
    private Path directory;

    private FakeDataplane dataplane;
    private NodeService node;

    @BeforeEach
    void start() {
        dataplane = new FakeDataplane(directory);
        node = NodeService.start(
                new NodeContext().nodeName(NODE).sharedDirectory(directory).ids(new MemoryIds()));
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (node.status().dataplane().state() == DataplaneStatus.State.ABSENT && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
    }

    @Test
    void shouldHangTheClassesOfATunnelUnderItsPort() throws Exception {
        apply(DOCUMENT);

        assertThat(dataplane.scheduler.tree()).contains("t<port", "web<t", "(default)<t", "w1<port");
        assertThat(dataplane.scheduler.log).endsWith("filter [web] else (default)");
        assertThat(node.classes(new InterfacePath("blue", "r1", "t")).getFirst().port())
                .isEqualTo("p1");
    }

    @Test
    void shouldMoveTheClassesToAnotherPortWithTheirFilter() throws Exception {
        apply(DOCUMENT);
        dataplane.scheduler.log.clear();

        apply(DOCUMENT.replace("port: p1\n", "port: p2\n"));

        List<String> log = List.copyOf(dataplane.scheduler.log);
        assertThat(log.indexOf("remove t")).isNotNegative().isLessThan(log.indexOf("class t"));
        assertThat(log).endsWith("filter [web] else (default)");
        assertThat(dataplane.removals).isEmpty();
    }

    @Test
    void shouldTakeTheClassesAwayBeforeTheirPortIsClosed() throws Exception {
        apply(DOCUMENT);

        apply(DOCUMENT.replace("{name: p1, device: null, rate", "{name: p1, device: \"vdev:net_null_x\", rate"));

        assertThat(dataplane.scheduler.tree()).contains("t<port", "web<t", "w1<port");
        assertThat(dataplane.scheduler.filters.values()).contains("[web] else (default)");
    }

    @Test
    void shouldHaveNoClassesAnyMoreWhenTheyAreConfiguredNoMore() throws Exception {
        apply(DOCUMENT);

        apply(DOCUMENT.substring(0, DOCUMENT.indexOf("            scheduling:\n              port:")));

        assertThat(dataplane.scheduler.tree()).doesNotContain("t<port", "web<t").contains("w1<port");
    }

    private void apply(String yaml) throws ApplyRefusedException, InvalidConfigurationException {
        node.apply(ConfigurationReader.read(yaml));
    }
}
