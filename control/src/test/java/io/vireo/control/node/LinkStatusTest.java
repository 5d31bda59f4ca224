package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.LinkStatus.State;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of virtual links of every kind: ends, promise, and why one carries nothing. */
class LinkStatusTest {
    private static final String DOCUMENT = """
        ports: [{name: p1, device: null, rate: 100Mbit}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces:
                  - {name: wan, port: p1, addresses: [192.0.2.1/24]}
                routes: [{prefix: 198.51.100.0/24, via: 192.0.2.254}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: marked, port: p1, vlan: 5, vpnId: true}
                  - {name: off, adminState: down, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.3}}}
                  - name: t1
                    encapsulation: {gre: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, key: 9}}
                    scheduling: {port: p1, guarantee: 20Mbit}
                  - {name: t2, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 203.0.113.2}}}
              - {name: r2}
            links:
              - {name: l, bandwidth: 8Mbit, a: {router: r1, interface: to-r2}, b: {router: r2, interface: to-r1}}
        """;

    private static final String NO_WAY = "router core/r1 has no way to 203.0.113.2";

    @TempDir
    private Path directory;

    private FakeNode node;

    @BeforeEach
    void start() throws Exception {
        node = new FakeNode(directory, "ls");
        node.apply(DOCUMENT);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldSayOfEveryKindWhereItLeadsAndWhatItIsGuaranteed() {
        assertThat(node.service.links())
                .extracting(
                        LinkStatus::path,
                        LinkStatus::kind,
                        LinkStatus::underlay,
                        LinkStatus::remote,
                        LinkStatus::guaranteedBitsPerSecond)
                .extracting(Object::toString)
                .containsExactly(
                        "(\"blue/r1/marked\", \"vpn-id\", \"p1.5\", \"\", 0L)",
                        "(\"blue/r1/off\", \"ipip\", \"core/r1\", \"198.51.100.3\", 0L)",
                        "(\"blue/r1/t1\", \"gre\", \"core/r1\", \"198.51.100.2\", 20000000L)",
                        "(\"blue/r1/t2\", \"ipip\", \"core/r1\", \"203.0.113.2\", 0L)",
                        "(\"blue/r1/to-r2\", \"link\", \"\", \"blue/r2/to-r1\", 8000000L)",
                        "(\"blue/r2/to-r1\", \"link\", \"\", \"blue/r1/to-r2\", 8000000L)");
        assertThat(link("t1").description()).contains("key 9");
        assertThat(link("t1").schedulingPort()).isEqualTo("p1");
        assertThat(link("off")).extracting(LinkStatus::state).isEqualTo(State.DISABLED);
    }

    @Test
    void shouldSayWhyAndSinceWhenATunnelCarriesNothing() throws Exception {
        waitUntil(() -> link("t1").state() == State.WAITING);
        assertThat(link("t1").reason())
                .isEqualTo("router core/r1 has no Ethernet address of 192.0.2.254 on the way to 198.51.100.2");
        Instant beforeUp = Instant.now();
        Shell.run("ip -n " + node.namespace("core", "r1")
                + " neigh replace 192.0.2.254 dev wan lladdr 02:00:00:00:00:09 nud permanent");
        waitUntil(() -> link("t1").state() == State.UP);
        assertThat(link("t1").reason()).isEmpty();

        waitUntil(() -> link("t2").state() == State.DOWN);
        assertThat(link("t2").reason()).isEqualTo(NO_WAY);
        assertThat(link("t2").since()).isBetween(beforeUp.minusSeconds(60), Instant.now());
        Instant down = link("t2").since();
        Shell.run("ip -n " + node.namespace("core", "r1") + " route add 203.0.113.0/24 via 192.0.2.254");
        waitUntil(() -> link("t2").state() == State.UP);
        assertThat(link("t2").since()).isAfter(down);
    }

    @Test
    void shouldSayThatTheOtherEndOrTheDeviceIsSetDown() throws Exception {
        waitUntil(() -> link("to-r2").state() == State.UP);
        Shell.run("ip -n " + node.namespace("blue", "r2") + " link set to-r1 down");
        waitUntil(() -> link("to-r2").state() == State.WAITING && link("to-r1").state() == State.DOWN);
        assertThat(link("to-r2").reason()).isEqualTo("its other end, blue/r2/to-r1, is down");
        assertThat(link("to-r1").reason()).isEqualTo("it is set down in Linux");
    }

    private LinkStatus link(String interfaceName) {
        return node.service.links().stream()
                .filter(each -> each.path().endsWith("/" + interfaceName))
                .findFirst()
                .orElseThrow();
    }
}
