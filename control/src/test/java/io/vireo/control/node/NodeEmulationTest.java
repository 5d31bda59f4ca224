package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.dataplane.wire.code.DelayDistribution;
import io.vireo.dataplane.wire.value.EmulationSpec;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is programmed of emulated wires. */
class NodeEmulationTest {
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

    private FakeNode node;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "e");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private EmulationSpec emulation(String interfacePath) {
        return Objects.requireNonNull(find(interfacePath), interfacePath);
    }

    private @Nullable EmulationSpec find(String interfacePath) {
        return node.dataplane.emulations.get(node.interfaceId(interfacePath));
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
        node.apply(DOCUMENT);
        assertProgrammed();
        assertThat(node.service.status().routers().stream()
                        .flatMap(router -> router.interfaces().stream())
                        .map(InterfaceStatus::emulation))
                .containsExactlyInAnyOrder("delay 20ms, loss 1%, seed 7", "", "rate 10Mbit", "delay 3ms, rate 10Mbit");
    }

    @Test
    void shouldChangeAndEndThemWithoutRemovingTheInterface() throws Exception {
        node.apply(DOCUMENT);
        ApplyReport changed = node.apply(DOCUMENT.replace("delay: 20ms", "delay: 30ms"));
        assertThat(changed.changed()).isEqualTo(2); // the interface and its router
        assertThat(emulation("blue/r1/h1").delayNs()).isEqualTo(30_000_000);
        node.apply(DOCUMENT.replace(", emulation: {delay: 20ms, loss: 1%, seed: 7}", "")
                .replace("bandwidth: 10Mbit", "bandwidth: 20Mbit"));
        assertThat(emulation("blue/r1/h1").isNone()).isTrue();
        assertThat(emulation("blue/r1/to-r2").rateBitsPerSecond()).isEqualTo(20_000_000);
        assertThat(node.dataplane.removals).isEmpty();
    }

    @Test
    void shouldProgramTheWireOfATunnelAndChangeIt() throws Exception {
        String document = """
                ports: [{name: p1, device: null}]
                vpns:
                  - name: core
                    id: 1
                    routers: [{name: r1, interfaces: [{name: wan, port: p1, addresses: [192.0.2.1/24]}]}]
                  - name: blue
                    id: 2
                    routers:
                      - name: r1
                        interfaces:
                          - name: t
                            encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.2}}
                            emulation: {delay: 4ms}
                """;
        node.apply(document);
        assertThat(emulation("blue/r1/t")).isEqualTo(spec(4_000_000).limitPackets(1_000));
        node.apply(document.replace("4ms", "5ms"));
        assertThat(emulation("blue/r1/t").delayNs()).isEqualTo(5_000_000);
        node.apply(document.replace("emulation: {delay: 4ms}", ""));
        assertThat(emulation("blue/r1/t").isNone()).isTrue();
    }

    @Test
    void shouldProgramThemAnewWhereADataPlaneStarts() throws Exception {
        node.apply(DOCUMENT);
        node.restartDataplane();
        waitUntil(() -> node.dataplane.emulations.size() == 3);
        assertProgrammed();
    }
}
