package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.session.FakeDataplane;
import io.vireo.control.node.topology.IdRegistry;
import io.vireo.control.node.topology.MemoryIds;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is programmed of emulated wires. */
class NodeEmulationTest {
    private static final long TIMEOUT_NS = 20_000_000_000L;
    private static final String NODE = "e" + ProcessHandle.current().pid();

    private static final String DOCUMENT = """
            ports: [{name: p1, device: null}]
            vpns:
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces: [{name: h1, port: p1, emulation: {delay: 20ms, loss: 1%, seed: 7}}, {name: h2, port: p1, vlan: 2}]
                  - {name: r2}
                links:
                  - name: l
                    bandwidth: 10Mbit
                    a: {router: r1, interface: to-r2}
                    b: {router: r2, interface: to-r1, emulation: {delay: 3ms}}
            """;

    @TempDir
    private Path directory;

    private final MemoryIds ids = new MemoryIds();
    private FakeDataplane dataplane;
    private NodeService node;

    @BeforeEach
    void start() {
        dataplane = new FakeDataplane(directory);
        node = NodeService.start(new NodeContext()
                .nodeName(NODE)
                .sharedDirectory(directory)
                .ids(ids)
                .listener(event -> {}));
    }

    @AfterEach
    void stop() {
        node.close();
        dataplane.close();
        NodeService.removeNamespaces(directory);
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
    }

    private EmulationSpec emulation(String interfacePath) {
        return Objects.requireNonNull(find(interfacePath), interfacePath);
    }

    private @Nullable EmulationSpec find(String interfacePath) {
        return dataplane.emulations.get(ids.idOf(IdRegistry.Kind.INTERFACE, interfacePath, 256));
    }

    private static EmulationSpec spec(long delayNs) {
        return new EmulationSpec().delay(delayNs, 0, DelayDistribution.UNIFORM, false);
    }

    private void assertProgrammed() {
        EmulationSpec link = spec(0).rate(10_000_000, 50_000_000).limitPackets(1_000);
        assertThat(emulation("blue/r1/h1"))
                .isEqualTo(spec(20_000_000).loss(10_000_000).limitPackets(1_000).seed(7));
        assertThat(emulation("blue/r1/to-r2")).isEqualTo(link);
        assertThat(emulation("blue/r2/to-r1")).isEqualTo(link.delay(3_000_000, 0, DelayDistribution.UNIFORM, false));
        assertThat(find("blue/r1/h2")).isNull();
    }

    @Test
    void shouldProgramWiresOfPortsAndLinksAndShowThem() throws Exception {
        node.apply(ConfigurationReader.read(DOCUMENT));
        assertProgrammed();
        assertThat(node.status().routers().stream()
                        .flatMap(router -> router.interfaces().stream())
                        .map(InterfaceStatus::emulation))
                .containsExactlyInAnyOrder("delay 20ms, loss 1%, seed 7", "", "rate 10Mbit", "delay 3ms, rate 10Mbit");
    }

    @Test
    void shouldChangeAndEndThemWithoutRemovingTheInterface() throws Exception {
        node.apply(ConfigurationReader.read(DOCUMENT));
        ApplyReport changed = node.apply(ConfigurationReader.read(DOCUMENT.replace("delay: 20ms", "delay: 30ms")));
        assertThat(changed.changed()).isEqualTo(2); // the interface and its router
        assertThat(emulation("blue/r1/h1").delayNs()).isEqualTo(30_000_000);
        node.apply(ConfigurationReader.read(DOCUMENT.replace(", emulation: {delay: 20ms, loss: 1%, seed: 7}", "")
                .replace("bandwidth: 10Mbit", "bandwidth: 20Mbit")));
        assertThat(emulation("blue/r1/h1").isNone()).isTrue();
        assertThat(emulation("blue/r1/to-r2").rateBitsPerSecond()).isEqualTo(20_000_000);
        assertThat(dataplane.removals).isEmpty();
    }

    @Test
    void shouldProgramThemAnewWhereADataPlaneStarts() throws Exception {
        node.apply(ConfigurationReader.read(DOCUMENT));
        dataplane.close();
        dataplane = new FakeDataplane(directory);
        waitUntil(() -> dataplane.emulations.size() == 3);
        assertProgrammed();
    }

    private static void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
