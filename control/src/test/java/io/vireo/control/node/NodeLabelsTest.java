package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.LabelStatus;
import io.vireo.control.view.RouteStatus;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routers do with labels, on its way to the data plane. */
class NodeLabelsTest {
    private static final String DOCUMENT = """
            ports: [{name: p1, device: null}, {name: p2, device: null}]
            vpns:
              - name: core
                id: 1
                routers:
                  - name: p
                    interfaces:
                      - {name: wan, port: p1, mpls: true, addresses: [192.0.2.1/24]}
                      - {name: near, port: p1, vlan: 2, addresses: [203.0.113.1/24]}
                    labels:
                      - {label: 100, push: 300, via: [192.0.2.2, 203.0.113.2]}
                      - {label: 101, pop: true, router: blue/r1, ttl: pipe}
              - name: blue
                id: 2
                routers: [{name: r1, interfaces: [{name: h, port: p2}, {name: i, port: p2, vlan: 3}]}]
            """;

    @TempDir
    private Path directory;

    private FakeNode node;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "l");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private int router() {
        return node.dataplane.labels.values().iterator().next().routerId();
    }

    private void assertProgrammed() {
        int wan = node.interfaceId("core/p/wan");
        int near = node.interfaceId("core/p/near");
        LabelSpec pushed =
                new LabelSpec().of(router(), 100).uniform(true).push(300).push(100);
        LabelSpec popped = new LabelSpec().of(router(), 101).local(node.interfaceId("blue/r1/h"));
        NextHops hops = new NextHops().add(wan, 0, 0xc000_0202L, 1).add(near, 0, 0xcb00_7102L, 1);
        assertThat(node.dataplane.labels.values()).containsExactlyInAnyOrder(pushed, popped);
        assertThat(node.dataplane.labelHops).containsEntry(router() + " 100", hops);
    }

    @Test
    void shouldProgramLabelsWithTheNumbersOfInterfaces() throws Exception {
        node.apply(DOCUMENT);
        assertProgrammed();
    }

    @Test
    void shouldShowLabelsWithTheirCounts() throws Exception {
        node.apply(DOCUMENT);
        assertThat(node.service.labels())
                .containsExactly(
                        new LabelStatus(
                                "core",
                                "p",
                                100,
                                List.of(300, 100),
                                List.of(
                                        new RouteStatus.NextHop("wan", "192.0.2.2", 1),
                                        new RouteStatus.NextHop("near", "203.0.113.2", 1)),
                                null,
                                "uniform",
                                1,
                                100),
                        new LabelStatus("core", "p", 101, List.of(), List.of(), "blue/r1/h", "pipe", 1, 100));
    }

    @Test
    void shouldChangeAndRemoveNoMoreThanWhatDiffers() throws Exception {
        node.apply(DOCUMENT);
        int router = router();
        node.dataplane.removals.clear();
        node.apply(DOCUMENT.replace("push: 300", "swap: 400")
                .replace("- {label: 101, pop: true, router: blue/r1, ttl: pipe}", ""));
        assertThat(node.dataplane.labels)
                .containsOnlyKeys(router + " 100")
                .containsEntry(
                        router + " 100",
                        new LabelSpec().of(router, 100).uniform(true).push(400));
        assertThat(node.dataplane.removals).containsExactly("label " + router + " 101");
    }

    /** The data plane has forgotten what was received by an interface that went. */
    @Test
    void shouldProgramALabelAgainWhoseInterfaceWasMadeAnew() throws Exception {
        node.apply(DOCUMENT);
        node.dataplane.labels.clear();
        node.apply(DOCUMENT.replace("{name: h, port: p2}", "{name: h, port: p2, vlan: 9}"));
        assertThat(node.dataplane.labels.values())
                .singleElement()
                .satisfies(spec -> assertThat(spec.label()).isEqualTo(101));
    }

    @Test
    void shouldProgramAllAgainAfterTheDataPlaneRestarts() throws Exception {
        node.apply(DOCUMENT);
        node.restartDataplane();
        waitUntil(() -> node.dataplane.labels.size() == 2);
        assertProgrammed();
    }

    @Test
    void shouldRepairInAnAudit() throws Exception {
        node.apply(DOCUMENT);
        int router = router();
        node.dataplane.labels.remove(router + " 100");
        node.dataplane.labels.put(
                router + " 999", new LabelSpec().of(router, 999).local(LabelSpec.NO_INTERFACE));
        node.dataplane.labelHops.put(router + " 999", new NextHops());
        assertThat(node.service.audit().differences())
                .extracting(difference -> difference.subject() + ": " + difference.text())
                .containsExactlyInAnyOrder(
                        "core/p label 100: missing or different in the data plane",
                        "router " + router + " label 999: stale in the data plane");
        assertProgrammed();
        assertThat(node.service.audit().differences()).isEmpty();
    }
}
