package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.node.session.FakeScheduler;
import io.vireo.control.view.InterfacePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the classes of tunnels are programmed when they, or the ports that they are of, come, move and go. */
class TunnelSchedulingTest {
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

    private FakeNode node;
    private FakeScheduler scheduler;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "ts");
        scheduler = node.dataplane.scheduler;
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldHangTheClassesOfATunnelUnderItsPort() throws Exception {
        node.apply(DOCUMENT);

        assertThat(scheduler.tree()).contains("t<port", "web<t", "(default)<t", "w1<port");
        assertThat(scheduler.log).endsWith("filter [web] else (default)");
        assertThat(node.service
                        .classes(new InterfacePath("blue", "r1", "t"))
                        .getFirst()
                        .port())
                .isEqualTo("p1");
    }

    @Test
    void shouldMoveTheClassesToAnotherPortWithTheirFilter() throws Exception {
        node.apply(DOCUMENT);
        scheduler.log.clear();

        node.apply(DOCUMENT.replace("port: p1\n", "port: p2\n"));

        List<String> log = List.copyOf(scheduler.log);
        assertThat(log.indexOf("remove t")).isNotNegative().isLessThan(log.indexOf("class t"));
        assertThat(log).endsWith("filter [web] else (default)");
        assertThat(node.dataplane.removals).isEmpty();
    }

    @Test
    void shouldTakeTheClassesAwayBeforeTheirPortIsClosed() throws Exception {
        node.apply(DOCUMENT);

        node.apply(DOCUMENT.replace("{name: p1, device: null, rate", "{name: p1, device: \"vdev:net_null_x\", rate"));

        assertThat(scheduler.tree()).contains("t<port", "web<t", "w1<port");
        assertThat(scheduler.filters.values()).contains("[web] else (default)");
    }

    @Test
    void shouldHaveNoClassesAnyMoreWhenTheyAreConfiguredNoMore() throws Exception {
        node.apply(DOCUMENT);

        node.apply(DOCUMENT.substring(0, DOCUMENT.indexOf("            scheduling:\n              port:")));

        assertThat(scheduler.tree()).doesNotContain("t<port", "web<t").contains("w1<port");
    }
}
