package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.api.ApiFixture;
import io.vireo.control.model.Problem;
import io.vireo.control.view.ClassStatus;
import io.vireo.control.view.ExampleClasses;
import io.vireo.control.view.NodeEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What users see, to the letter: each command against a real socket. */
class VireoCliTest {
    @TempDir
    Path directory;

    private ApiFixture fixture;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        fixture = new ApiFixture();
        file = Files.writeString(directory.resolve("x.yaml"), ApiFixture.EXAMPLE);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void shouldApplyAndSayWhatChanged() {
        assertThat(vireo("apply", "-f", file.toString())).isEqualTo(new Result(0, """
            @@ ports[p1] @@
            + name: p1
            + device: "null"
            @@ vpns[blue] @@
            + name: blue
            + id: 101
            + routers:
            + - name: r1
            +   interfaces:
            +   - name: h1
            +     port: p1
            +     vlan: 10
            +     addresses:
            +     - 10.0.1.1/24
            +   routes:
            +   - prefix: 10.9.0.0/16
            +     via: 10.0.1.2
            version 1 is active after 5 ms
            """, ""));
        assertThat(vireo("apply", "-f", file.toString()).out()).isEqualTo("no change: version 1 stays active\n");
    }

    @Test
    void shouldChangeNothingOnADryRun() {
        assertThat(vireo("apply", "-f", file.toString(), "--dry-run").out()).startsWith("@@ ports[p1] @@");
        assertThat(vireo("history").out()).isEqualTo("none\n");
        assertThat(vireo("diff", "-f", file.toString()).out()).startsWith("@@ ports[p1] @@");
    }

    @Test
    void shouldNameEveryWrongField() throws IOException {
        Files.writeString(file, ApiFixture.EXAMPLE.replace("vlan: 10", "vlan: 4095, color: red"));
        assertThat(vireo("apply", "-f", file.toString())).isEqualTo(new Result(ExitCode.REFUSED, "", """
            vireo: The configuration is rejected; nothing was changed
              line 7, column 49: vpns[0].routers[0].interfaces[0].vlan: '4095' is not between 1 and 4094
              line 7, column 62: vpns[0].routers[0].interfaces[0].color: is not a field here; there are name, loopback, encapsulation, port, vlan, vpnId, shared, mpls, mtu, mac, addresses, adminState, scheduling, emulation, members (got 'red')
            """));
        Files.writeString(file, "ports: [");
        assertThat(vireo("apply", "-f", file.toString()).err())
                .contains("malformed YAML")
                .contains("line 1, column 9");
    }

    @Test
    void shouldConfirmDiffAndRollBack() throws IOException {
        vireo("apply", "-f", file.toString(), "--comment", "first");
        Files.writeString(file, ApiFixture.EXAMPLE.replace("id: 101", "id: 102"));
        assertThat(vireo("apply", "-f", file.toString(), "--confirm", "60s").out())
                .isEqualTo("""
                    @@ vpns[blue].id @@
                    - 101
                    + 102
                    version 2 is active after 5 ms
                    to be confirmed by 2026-11-20T12:01:00Z with `vireo confirm`, or the previous version is restored
                    """);
        assertThat(vireo("confirm")).isEqualTo(new Result(0, "version 2 is confirmed\n", ""));
        assertThat(vireo("confirm"))
                .isEqualTo(new Result(
                        ExitCode.REFUSED,
                        "",
                        "vireo: The state conflicts with the request: no version awaits confirmation\n"));
        assertThat(vireo("rollback", "1").out()).isEqualTo("""
            @@ vpns[blue].id @@
            - 102
            + 101
            version 3 is active after 5 ms
            """);
        assertThat(vireo("diff", "1", "2").out()).isEqualTo("@@ vpns[blue].id @@\n- 101\n+ 102\n");
        assertThat(vireo("diff", "1", "3").out()).isEqualTo("no difference\n");
        assertThat(vireo("history").out().replace(System.getProperty("user.name"), "USER"))
                .isEqualTo("""
                    VERSION  TIME                  AUTHOR  COMMENT
                          3  2026-11-20T12:00:00Z  USER    rollback to version 1
                          2  2026-11-20T12:00:00Z  USER
                          1  2026-11-20T12:00:00Z  USER    first
                    """);
    }

    @Test
    void shouldShowStatus() {
        vireo("apply", "-f", file.toString());
        assertThat(vireo("status")).isEqualTo(new Result(0, """
            node           test
            configuration  version 1
            data plane     running, process 4711, since 2026-11-20T11:00:00Z
              worker 0     heartbeat 1 ms ago, busy in 25.0 % of its duty cycles
            objects        1 ports, 1 VPNs, 1 routers, 1 interfaces
            dropped        7 packets (vireo show drops)
            audit          the last took 12 ms, the next begins in 34 s
            alarm          class blue/r1/h1:web: classId: no room
            """, ""));
        JsonNode json = ControlClient.JSON.readTree(vireo("status", "--json").out());
        assertThat(json.path("routers").path(0).path("counts").path("rxPackets").asLong())
                .isEqualTo(100);
        assertThat(json.path("ports").path(0).path("name").asString()).isEqualTo("p1");
    }

    @Test
    void shouldShowTables() {
        vireo("apply", "-f", file.toString());
        assertThat(vireo("show", "ports").out()).isEqualTo("""
            PORT  ID  DEVICE  STATE  MAC                 SPEED  RX PACKETS  TX PACKETS  TX DROPPED  OWN CONTROL  OWN LIMITED  MISSED  ERRORS
            p1     0  null    up     02:00:00:00:00:01  10000M          10          20           1            6            7       2       7
            """);
        assertThat(vireo("show", "vpns").out()).isEqualTo("""
            VPN   VPN-ID  ROUTERS  LINKS
            blue     101  r1
            """);
        assertThat(vireo("show", "routers").out()).isEqualTo("""
            ROUTER   ID  NAMESPACE      RX PACKETS  TX PACKETS  DROPPED  PUNTED  PUNT-LIMITED
            blue/r1   0  vireo-blue-r1         100         200        3       4             5
            """);
        assertThat(vireo("show", "interfaces").out()).isEqualTo("""
            INTERFACE   ID  ATTACHMENT  STATE  MAC                 MTU  ADDRESSES    EMULATION  RX PACKETS  TX PACKETS  DROPPED  PUNTED
            blue/r1/h1   0  p1          up     02:00:00:00:00:02  1500  10.0.1.1/24  loss 1%           100         200        3       4
            """);
        assertThat(vireo("show", "members").out()).isEqualTo("""
            INTERFACE    TUPLE  VPN   SOURCE       DESTINATION  PROTOCOL  SOURCE PORTS  DESTINATION PORTS  INGRESS      RX PACKETS
            base/r1/lan      1  blue  10.0.0.0/24               tcp                                   443  blue/r1/lan           7
            """);
        assertThat(vireo("show", "labels").out()).contains("200/300  via 10.0.1.2 dev h1  uniform", "red/r1/h1");
        assertThat(vireo("show", "routes", "blue").out()).isEqualTo("""
            PREFIX       KIND     NEXT HOPS
            10.0.1.0/24  unicast  dev h1
            10.9.0.0/16  unicast  via 10.0.1.2 dev h1
            """);
        assertThat(vireo("show", "routes", "blue", "--prefix", "10.9.1.1").out())
                .isEqualTo("""
                    PREFIX       KIND     NEXT HOPS
                    10.9.0.0/16  unicast  via 10.0.1.2 dev h1
                    """);
        assertThat(vireo("show", "routes", "blue", "--limit", "1"))
                .isEqualTo(new Result(0, """
                    PREFIX       KIND     NEXT HOPS
                    10.0.1.0/24  unicast  dev h1
                    """, "vireo: 1 more, left out by --limit 1\n"));
        assertThat(vireo("show", "routes", "blue", "--prefix", "10.1.2.3/8").err())
                .contains("prefix: '10.1.2.3/8' has bits set behind its prefix; write 10.0.0.0/8");
        assertThat(vireo("show", "ports", "--limit", "0").status()).isEqualTo(ExitCode.USAGE);
        assertThat(vireo("show", "neighbours", "blue/r1").out()).isEqualTo("""
            ADDRESS   INTERFACE  MAC
            10.0.1.2  h1         02:00:00:00:00:09
            """);
        assertThat(vireo("show", "drops").out()).isEqualTo("""
            ROUTER  REASON        PACKETS  DESCRIPTION
            -       NO_INTERFACE        7  no interface for this port and VLAN
            """);
        assertThat(vireo("show", "counters").out()).isEqualTo("""
            COUNTER         VALUE  DESCRIPTION
            EVENTS_DROPPED      9  events that found the event ring full
            """);
        assertThat(vireo("show", "config").out()).isEqualTo(ApiFixture.EXAMPLE);
    }

    @Test
    void shouldShowClasses() {
        vireo("apply", "-f", file.toString());
        assertThat(vireo("show", "classes", "--interval", "1ms").out()).isEqualTo("none\n");
        fixture.node.schedule(ExampleClasses.after(2, 100, 5_000_000, 0).toArray(ClassStatus[]::new));
        assertThat(vireo("show", "classes", "--interval", "1ms", "blue/h1").out())
                .isEqualTo("""
                    CLASS         GUARANTEED  INITIAL       LIMIT  DELIVERED  BORROWED  P50  P99  P99.9  MAX  QUEUED  DROPPED  MARKED
                    p1                                                     0
                    └ blue/r1/h1       60.0M                80.0M          0         0
                      ├ voice          1.00M  0 for 3.40ms                 0         0                             0        0       0
                      └ bulk                                               0         0                         1,000        0       0
                    """);
        assertThat(vireo("show", "classes", "--interval", "1ms", "red/r1/h1").err())
                .contains("there is no router red/r1");
        assertThat(vireo("show", "classes", "--interval", "0s"))
                .isEqualTo(new Result(ExitCode.USAGE, "", "vireo: the interval 0s is not between 1ms and 1h\n"));
        JsonNode json = ControlClient.JSON.readTree(
                vireo("show", "classes", "--interval", "1ms", "--json").out());
        assertThat(json.size()).isEqualTo(3);
        assertThat(json.path(0).path("status").path("key").asString()).isEqualTo("blue/r1/h1");
        assertThat(json.path(0).path("deliveredBitsPerSecond").isIntegralNumber())
                .isTrue();
        assertThat(run("completion").out()).contains("classes").contains("--interval");
    }

    @Test
    void shouldShowInterfacesOrClassesInTop() {
        vireo("apply", "-f", file.toString());
        fixture.node.schedule(ExampleClasses.after(2, 100, 5_000_000, 0).toArray(ClassStatus[]::new));
        assertThat(vireo("top").out()).startsWith("INTERFACE").contains("blue/r1/h1");
        assertThat(vireo("top", "--classes").out()).startsWith("CLASS").contains("├ voice");
        assertThat(ControlClient.JSON
                        .readTree(vireo("top", "--classes", "--json").out())
                        .path(2)
                        .path("status")
                        .path("name")
                        .asString())
                .isEqualTo("bulk");
    }

    @Test
    void shouldPrintJsonForPrograms() {
        vireo("apply", "-f", file.toString());
        for (String what : List.of(
                "ports",
                "vpns",
                "routers",
                "interfaces",
                "members",
                "drops",
                "punts",
                "answers",
                "counters",
                "config",
                "events")) {
            assertThat(ControlClient.JSON
                            .readTree(vireo("show", what, "--json").out())
                            .isEmpty())
                    .as(what)
                    .isFalse();
        }
        assertThat(ControlClient.JSON
                        .readTree(vireo("show", "routes", "--json", "blue").out())
                        .path(1)
                        .path("prefix")
                        .asString())
                .isEqualTo("10.9.0.0/16");
    }

    @Test
    void shouldTraceABuiltPacket() {
        vireo("apply", "-f", file.toString());
        assertThat(vireo("trace", "--from", "blue/h1", "--src", "10.0.1.2", "--dst", "10.9.1.1"))
                .isEqualTo(new Result(0, """
                    STAGE    VERDICT   FIELDS
                    forward  continue  prefix=10.9.0.0/16
                    transmit: sent out of blue/r1/h1
                    """, ""));
        assertThat(vireo("trace", "--from", "blue/h1", "--src", "10.0.1.2", "--dst", "::1")
                        .err())
                .isEqualTo("vireo: the packet cannot be made: 10.0.1.2 and ::1 are not of the same family\n");
        assertThat(vireo("trace", "--from", "blue/h1").err()).contains("say --src and --dst");
        assertThat(vireo("trace", "--from", "blue/h1", "--hex", "zz").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldCaptureToAFileThatTraceCanRead() throws IOException {
        vireo("apply", "-f", file.toString());
        Path pcap = directory.resolve("x.pcap");
        assertThat(vireo("capture", "-i", "blue/h1", "-c", "2", "-w", pcap.toString())
                        .status())
                .isZero();
        assertThat(new String(
                        PcapReader.firstFrame(Files.readAllBytes(pcap)), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("frame number 0");
        assertThat(vireo("trace", "--from", "blue/h1", "--pcap", pcap.toString())
                        .status())
                .isZero();
    }

    @Test
    void shouldFollowEvents() {
        fixture.events.add(new NodeEvent(
                fixture.clock.instant(), NodeEvent.Severity.WARNING, "port.state", "p1", "p1 is down", Map.of()));
        assertThat(vireo("events", "--after", "0", "-c", "1").out())
                .isEqualTo("2026-11-20T12:00:00Z warning port.state p1: p1 is down\n");
        assertThat(vireo("show", "events").out()).isEqualTo("""
            TIME                  SEVERITY  TYPE        SUBJECT  MESSAGE
            2026-11-20T12:00:00Z  warning   port.state  p1       p1 is down
            """);
    }

    @Test
    void shouldAudit() {
        assertThat(vireo("audit").out()).isEqualTo("""
            2 entries of 1 routers compared; differences:
            ROUTER   WHAT         DIFFERS     DIFFERENCE  REPAIR
            blue/r1  10.9.0.0/16  data plane  missing     done
            blue/r1  10.8.0.0/16  data plane  missing     refused: no room
            """);
    }

    @Test
    void shouldAskForTheRouterWhenThereAreSeveral() throws IOException {
        Files.writeString(file, ApiFixture.EXAMPLE + "      - name: r2\n");
        vireo("apply", "-f", file.toString());
        assertThat(vireo("show", "routes", "blue"))
                .isEqualTo(new Result(
                        ExitCode.USAGE,
                        "",
                        "vireo: VPN blue has 2 routers here: say which, as blue/ROUTER; there are [r1, r2]\n"));
        assertThat(vireo("show", "routes", "green"))
                .isEqualTo(new Result(ExitCode.FAILED, "", "vireo: Not found: there is no VPN green\n"));
        assertThat(vireo("show", "routes", "../x").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldExitAsTheCommandDoes() {
        vireo("apply", "-f", file.toString());
        // There is no such namespace here, and ip says so with status 1 or 255.
        assertThat(vireo("exec", "blue", "--", "true").status()).isNotZero();
        assertThat(vireo("exec", "blue").err()).contains("Missing required parameter: 'COMMAND'");
    }

    @Test
    void shouldSayThatControlDoesNotAnswer() throws IOException {
        fixture.close();
        Result result = vireo("status");
        fixture = new ApiFixture();
        assertThat(result.status()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err())
                .startsWith("vireo: control does not answer on ")
                .endsWith("Start it with: vireo up\n");
    }

    @Test
    void shouldExplainWrongUsage() {
        assertThat(vireo("apply").status()).isEqualTo(ExitCode.USAGE);
        assertThat(vireo("frobnicate").status()).isEqualTo(ExitCode.USAGE);
        assertThat(vireo("apply", "-f", "/nowhere").err()).startsWith("vireo: the file /nowhere cannot be read");
        assertThat(vireo("apply", "-f", file.toString(), "--confirm", "soon").err())
                .isEqualTo("vireo: 'soon' is not a duration such as 60s, 5m or 2h\n");
        assertThat(run("status", "--node", "../x").err()).contains("node name '../x'");
        assertThat(run("--help").out())
                .contains("Exit status:")
                .contains("rollback")
                .contains("doctor");
        assertThat(run().status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldSayWhatTheNodeRefuses() {
        fixture.node.refuseInCheck(Problem.at("ports[0].device", "there is no interface veth9"));
        assertThat(vireo("apply", "-f", file.toString()).err())
                .contains("ports[0].device: there is no interface veth9");
    }

    @Test
    void shouldPrintSchemaCompletionAndMetrics() {
        assertThat(run("schema").out()).contains("urn:vireo:configuration:v1");
        assertThat(run("completion").out()).contains("_complete_vireo").contains("rollback");
        assertThat(vireo("metrics").out()).contains("vireo_dataplane_up 1.0");
    }

    private record Result(int status, String out, String err) {}

    private Result vireo(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        int words = args[0].equals("show") ? 2 : 1;
        all.add(Math.min(words, args.length), "--socket=" + fixture.socket);
        return run(all.toArray(String[]::new));
    }

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = VireoCli.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(status, out.toString(), err.toString());
    }
}
