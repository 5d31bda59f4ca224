package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.LinkStatus;
import io.vireo.control.view.TraceReport;
import io.vireo.control.view.TraceRequest;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A traced packet goes into tunnels within each other, and comes out of them; a trace says each header. */
class TunnelTraceTest {
    private static final String DOCUMENT = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces: [{name: wan, port: p1, vlan: 2, addresses: [192.0.2.1/24]}]
                routes: [{prefix: 198.51.100.0/24, via: 192.0.2.254}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - name: t1
                    addresses: [10.1.0.1/30]
                    encapsulation: {vns: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2, dscp: 46}}
                  - name: t4
                    addresses: [10.9.0.1/24]
                    encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}
          - name: red
            id: 102
            routers:
              - name: r1
                interfaces:
                  - name: t2
                    addresses: [10.2.0.1/30]
                    encapsulation: {esp: {underlay: blue/r1, local: 10.1.0.1, remote: 10.1.0.2, hopLimit: 33}}
          - name: green
            id: 103
            routers:
              - name: r1
                interfaces:
                  - {name: h1, port: p1, vlan: 3, addresses: [10.0.1.1/24]}
                  - {name: t3, encapsulation: {gre: {underlay: red/r1, local: 10.2.0.1, remote: 10.2.0.2, key: 9}}}
                  - name: t5
                    addresses: [10.5.0.1/24]
                    encapsulation: {gre: {underlay: blue/r1, local: 10.9.0.1, remote: 10.9.0.2, key: 7, sequence: true}}
                routes: [{prefix: 10.0.2.0/24, interface: t3}]
        """;

    /** By scapy: GRE with key 7 and sequence number 5 in IP in IP, from 10.0.2.2 to 10.0.1.2. */
    private static final String ARRIVING = "0200000000aa020000000009080045b80058000100003c0491b2c6336402c0000201"
            + "4500004400010000322f74760a0900020a0900013000080000000007000000054500002400010000210182d5"
            + "0a0002020a0001020800161e000000007878787878787878";

    @TempDir
    private Path directory;

    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        String name = "tt" + ProcessHandle.current().pid();
        node = RunningNode.start(name, directory, List.of());
        node.apply(ConfigurationReader.read(DOCUMENT));
        node.in("core", "r1", "ip neigh replace 192.0.2.254 dev wan lladdr 02:00:00:00:00:09 nud permanent");
        node.in("green", "r1", "ip neigh replace 10.0.1.2 dev h1 lladdr 02:00:00:00:00:08 nud permanent");
        waitUntil(() -> node.service().links().stream()
                .filter(link -> link.state() != LinkStatus.State.UP)
                .map(LinkStatus::path)
                .toList()
                .equals(List.of("red/r1/t2")));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldSayEachHeaderThatAPacketGets() {
        assertThat(unkeyed().reason()).isEqualTo("it has no key to send by");
        long incarnation = node.service().keys().status().incarnation();
        node.service()
                .keys()
                .accept(
                        pathOf("red/r1/t2"),
                        incarnation,
                        node.service().keys().status().ticket(),
                        new KeyOffer(4711, "01020304", "00".repeat(16)));
        byte[] frame = HexFormat.of()
                .parseHex("020000000000020000000008080045000024000100002101" + "82d50a0001020a000202"
                        + "0800161e000000007878787878787878");
        TraceReport report = trace("green/r1/h1", frame);
        assertThat(steps(report, "encapsulate"))
                .containsExactly(
                        "{interface=green/r1/t3, kind=gre, source=10.2.0.1, destination=10.2.0.2, ttl=64, dscp=0, key=9,"
                                + " underlay=red/r1, prefix=10.2.0.0/30, egress=red/r1/t2}",
                        "{interface=red/r1/t2, kind=esp, source=10.1.0.1, destination=10.1.0.2, ttl=33, dscp=0, spi=4711,"
                                + " sequence=1, underlay=blue/r1, prefix=10.1.0.0/30, egress=blue/r1/t1}",
                        "{interface=blue/r1/t1, kind=vns, source=192.0.2.1, destination=198.51.100.2, ttl=64, dscp=46,"
                                + " vpnId=101, underlay=core/r1, prefix=198.51.100.0/24, egress=core/r1/wan}");
        assertThat(report.text()).isEqualTo("would be sent on core/r1/wan");
    }

    @Test
    void shouldSayEachHeaderThatIsTakenOff() {
        TraceReport report = trace("core/r1/wan", HexFormat.of().parseHex(ARRIVING));
        assertThat(steps(report, "decapsulate"))
                .containsExactly(
                        "{interface=blue/r1/t4, kind=ipip, source=198.51.100.2, destination=192.0.2.1, ttl=60, dscp=46}",
                        "{interface=green/r1/t5, kind=gre, source=10.9.0.2, destination=10.9.0.1, ttl=50, dscp=0, key=7,"
                                + " sequence=5}");
        assertThat(report.text()).isEqualTo("would be sent on green/r1/h1");

        byte[] wrongKey = HexFormat.of().parseHex(ARRIVING.replace("0000000700000005", "0000000800000005"));
        assertThat(trace("core/r1/wan", wrongKey).reason()).isEqualTo("TUNNEL_KEY");
    }

    private LinkStatus unkeyed() {
        return node.service().links().stream()
                .filter(link -> link.path().equals("red/r1/t2"))
                .findFirst()
                .orElseThrow();
    }

    /** Traces a frame for the interface's own Ethernet address. */
    private TraceReport trace(String path, byte[] frame) {
        InterfacePath element = pathOf(path);
        String mac = node.in(element.vpn(), "r1", "cat /sys/class/net/" + element.interfaceName() + "/address")
                .trim();
        System.arraycopy(HexFormat.ofDelimiter(":").parseHex(mac), 0, frame, 0, 6);
        return node.service().trace(new TraceRequest(element, frame));
    }

    private static InterfacePath pathOf(String path) {
        String[] names = path.split("/", -1);
        return new InterfacePath(names[0], names[1], names[2]);
    }

    private static List<String> steps(TraceReport report, String stage) {
        return report.steps().stream()
                .filter(step -> step.stage().equals(stage))
                .map(step -> step.fields().toString())
                .toList();
    }
}
