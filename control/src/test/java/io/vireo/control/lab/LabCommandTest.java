package io.vireo.control.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Shell;
import io.vireo.control.process.Command;
import io.vireo.control.supervisor.FileTree;
import io.vireo.control.supervisor.NodePaths;
import io.vireo.control.supervisor.NodeStop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Two real nodes and two hosts, as users make them. Needs root. */
@Tag("slow")
@Isolated
class LabCommandTest {
    /** Of this process: several may test on one machine. */
    private static final String LAB = "l" + ProcessHandle.current().pid() % 10_000;

    private static final String TOPOLOGY = """
        name: %s
        nodes:
          - {name: a, config: a.yaml}
          - {name: b, config: b.yaml}
        hosts:
          - {name: h1, addresses: [10.1.1.2/24, "2001:db8:1::2/64"], gateway: [10.1.1.1, "2001:db8:1::1"]}
          - {name: h2, addresses: [10.1.2.2/24, "2001:db8:2::2/64"], gateway: [10.1.2.1, "2001:db8:2::1"]}
        links:
          - {a: {node: a, port: p1}, b: {host: h1}}
          - {a: {host: h2}, b: {node: b, port: p1}}
          - {a: {node: a, port: p2}, b: {node: b, port: p2}, mtu: 1600}
        """.formatted(LAB);

    @TempDir
    private Path directory;

    private Path file;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("lab.yaml"), TOPOLOGY);
        Files.writeString(directory.resolve("a.yaml"), node(1, 2));
        Files.writeString(directory.resolve("b.yaml"), node(2, 1));
    }

    @AfterEach
    void remove() {
        vireo("down", "--name", LAB);
    }

    @Test
    void shouldBringUpRepairAndRemoveALab() throws IOException {
        assertThat(vireo("up", "-f", file.toString()))
                .satisfies(up -> assertThat(up.status()).as(up.err()).isZero())
                .satisfies(up -> assertThat(up.out())
                        .contains("host h1: made", "link h2/eth0 -- b/p1: made")
                        .contains("node " + LAB + "-b: started in")
                        .endsWith("lab " + LAB + " is up: 2 nodes, 2 hosts, 3 links\n"));
        assertThat(pings("10.1.2.2")).isTrue();
        assertThat(pings("2001:db8:2::2")).isTrue();
        assertThat(vireo("up", "-f", file.toString()).out())
                .isEqualTo("lab " + LAB + " was up already: 2 nodes, 2 hosts, 3 links\n");
        showsStatus();
        repairsWhatWasChangedByHand();
        appliesWhatChanged();
        takesDownAlsoWithoutTheMark();
    }

    private void showsStatus() {
        Result json = vireo("status", "-f", file.toString(), "--json");
        assertThat(json.status()).isZero();
        JsonNode status = ControlClient.JSON.readTree(json.out());
        assertThat(status.path("lab").asString()).isEqualTo(LAB);
        assertThat(status.path("nodes")).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("control").asString()).isEqualTo("up");
            assertThat(node.path("dataplane").asString()).isEqualTo("RUNNING");
            assertThat(node.path("configVersion").asInt()).isEqualTo(1);
            assertThat(node.path("portsDown")).isEmpty();
        });
        assertThat(status.path("links")).hasSize(3).allSatisfy(link -> {
            assertThat(link.path("a").path("carrier").asString()).isEqualTo("up");
            assertThat(link.path("b").path("carrier").asString()).isEqualTo("up");
        });
        assertThat(status.path("links").path(2).path("b").path("mtu").asInt()).isEqualTo(1600);
        assertThat(status.path("hosts").path(1).path("namespace").asString()).isEqualTo(LAB + "-h2");
        assertThat(status.propertyNames()).containsExactly("lab", "nodes", "links", "hosts");
        assertThat(vireo("status", "-f", file.toString()).out())
                .containsPattern("a +" + LAB + "-a +up +running +1 +1 +0 +0\n")
                .containsPattern("a/p2 +up +b/p2 +up +1600\n");
    }

    private void repairsWhatWasChangedByHand() {
        Shell.run("ip link del " + LAB + "-a-p2");
        Shell.run("ip -n " + LAB + "-h1 addr del 10.1.1.2/24 dev eth0");
        Shell.run("ip netns del " + LAB + "-h2");
        NodeStop.stopProcesses(NodePaths.of(LAB + "-b"));
        assertThat(vireo("status", "-f", file.toString()).status()).isEqualTo(ExitCode.FAILED);

        Result repair = vireo("up", "-f", file.toString());
        assertThat(repair.status()).as(repair.err()).isZero();
        assertThat(repair.out())
                .contains("host h2: made", "link a/p2 -- b/p2: made", "link h2/eth0 -- b/p1: made")
                .contains("host " + LAB + "-h1: address 10.1.1.2/24 of eth0 added")
                .contains("node " + LAB + "-b: started in");
        assertThat(pings("10.1.2.2")).isTrue();
        assertThat(vireo("status", "-f", file.toString()).status()).isZero();
    }

    private void appliesWhatChanged() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), node(1, 2).replace("id: 7", "id: 8"));
        Files.writeString(file, TOPOLOGY.replaceAll("(?m)^.*h2.*$", ""));
        Result change = vireo("up", "-f", file.toString());
        assertThat(change.status()).isEqualTo(ExitCode.REFUSED); // port p1 of node b has no link and no device now
        assertThat(change.err()).contains("b.yaml:1:9: ports[0].device: is missing");

        Files.writeString(
                directory.resolve("b.yaml"), node(2, 1).replace("{name: p1}", "{name: p1, device: \"null\"}"));
        assertThat(vireo("up", "-f", file.toString()).out())
                .contains("host " + LAB + "-h2: removed")
                .contains("node " + LAB + "-a: configuration version 2 is active");
        assertThat(NetworkNamespace.exists(LAB + "-h2")).isFalse();
        assertThat(NetworkNamespace.exists(LAB + "-h1")).isTrue();
    }

    private void takesDownAlsoWithoutTheMark() throws IOException {
        FileTree.remove(NodePaths.of(LAB + "-a").stateDirectory());
        Shell.run("ip link add " + LAB + "-mine type veth peer name " + LAB + "-own");
        try {
            Result down = vireo("down", "-f", file.toString());
            assertThat(down.status()).as(down.err()).isZero();
            assertThat(down.out()).endsWith("lab " + LAB + " is removed\n");
            assertThat(Shell.run("ip -br link")).contains(LAB + "-mine").doesNotContain(LAB + "-a");
        } finally {
            Shell.run("ip link del " + LAB + "-mine");
        }
        assertThat(NetworkNamespace.list(LAB + "-")).isEmpty();
        assertThat(NetworkNamespace.list("vireo-" + LAB + "-")).isEmpty();
        for (String left : new String[] {"/dev/shm/vireo", "/run/vireo", "/var/lib/vireo", "/var/log/vireo"}) {
            try (Stream<Path> files = Files.list(Path.of(left))) {
                assertThat(files)
                        .noneMatch(path -> path.getFileName().toString().startsWith(LAB + "-"));
            }
        }
        assertThat(vireo("down", "-f", file.toString()).out()).isEqualTo("lab " + LAB + " was not there\n");
    }

    @Test
    void shouldChangeNothingWhenSomethingIsInTheWay() {
        Shell.run("ip link add " + LAB + "-a-p1 type veth peer name " + LAB + "-own");
        try {
            Result refused = vireo("up", "-f", file.toString());
            assertThat(refused.status()).isEqualTo(ExitCode.REFUSED);
            assertThat(refused.err())
                    .contains("nothing was changed")
                    .contains("there is a Linux interface " + LAB + "-a-p1 that this lab has not made");
            assertThat(NetworkNamespace.list(LAB + "-")).isEmpty();
            assertThat(vireo("down", "-f", file.toString()).out()).isEqualTo("lab " + LAB + " was not there\n");
        } finally {
            Shell.run("ip link del " + LAB + "-own");
        }
    }

    @Test
    void shouldSayWhatFailedAndLeaveNothingAfterDown() throws IOException {
        String noSuchCore = "config: b.yaml, settings: {vireo.worker.cores: 9999}";
        Files.writeString(file, TOPOLOGY.replace("config: b.yaml", noSuchCore));
        Result failed = vireo("up", "-f", file.toString());
        assertThat(failed.status()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err())
                .contains("node " + LAB + "-b: dataplane")
                .contains("lab " + LAB + " is not up")
                .contains("vireo lab down -f " + file);
        assertThat(vireo("down", "-f", file.toString()).status()).isZero();
        assertThat(NetworkNamespace.list(LAB + "-")).isEmpty();
        assertThat(Shell.run("ip -br link")).doesNotContain(LAB + "-");
    }

    @Test
    void shouldAskWhichLab() {
        assertThat(vireo("up"))
                .isEqualTo(new Result(ExitCode.USAGE, "", "vireo: which lab? Name its topology: -f FILE\n"));
        assertThat(vireo("-f", file.toString(), "down").out()).isEqualTo("lab " + LAB + " was not there\n");
        assertThat(vireo("down", "--name", "a-b").err()).contains("is not a name here");
    }

    private boolean pings(String address) {
        return Command.of("ping", "-c", "3", "-i", "0.2", "-W", "5", address)
                .in(LAB + "-h1")
                .run()
                .succeeded();
    }

    private static String node(int own, int other) {
        return """
            ports: [{name: p1}, {name: p2}]
            vpns:
              - name: green
                id: 7
                routers:
                  - name: r1
                    interfaces:
                      - {name: host, port: p1, addresses: [10.1.%1$d.1/24, "2001:db8:%1$d::1/64"]}
                      - {name: core, port: p2, addresses: [10.9.0.%1$d/24, "2001:db8:9::%1$d/64"]}
                    routes:
                      - {prefix: 10.1.%2$d.0/24, via: 10.9.0.%2$d}
                      - {prefix: "2001:db8:%2$d::/64", via: "2001:db8:9::%2$d"}
            """.formatted(own, other);
    }

    /** The command, with errors as the command line shows them. */
    private static Result vireo(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new LabCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("vireo: " + e.getMessage());
                    return e instanceof CliException cli ? cli.exitCode() : ExitCode.FAILED;
                })
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
