package io.vireo.control.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.node.ServedNodes;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A controller and three real nodes in a row. Needs root. */
@Tag("slow")
class ControllerNodesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ServedNodes nodes;

    @SuppressWarnings("NullAway.Init")
    private Controller controller;

    @SuppressWarnings("NullAway.Init")
    private ControlClient client;

    @BeforeEach
    void start() throws Exception {
        nodes = new ServedNodes("k", directory, 3);
        Path socket = directory.resolve("controller.sock");
        controller =
                Controller.start(new ControllerArguments("test", directory, directory.resolve("controller"), socket));
        client = ControlClient.connect(socket);
    }

    @AfterEach
    void end() throws Exception {
        controller.close();
        nodes.close();
    }

    private String network(String vpns) {
        return """
            network: row
            nodes:
              - {name: n1, api: "unix:%1$s", configuration: {ports: [{name: r, device: "af_packet:%4$s"}]}}
              - name: n2
                api: "unix:%2$s"
                configuration: {ports: [{name: l, device: "af_packet:%5$s"}, {name: r, device: "af_packet:%6$s"}]}
              - {name: n3, api: "unix:%3$s", configuration: {ports: [{name: l, device: "af_packet:%7$s"}]}}
            substrate:
              links:
                - {name: west, a: {node: n1, port: r}, b: {node: n2, port: l}, rate: 40Mbit, reservable: 90%%}
                - {name: east, a: {node: n2, port: r}, b: {node: n3, port: l}, rate: 40Mbit, reservable: 90%%}
            vpns:
            """.formatted(
                                nodes.socket("n1"),
                                nodes.socket("n2"),
                                nodes.socket("n3"),
                                nodes.right(0),
                                nodes.left(1),
                                nodes.right(1),
                                nodes.left(2))
                + vpns;
    }

    private static String mesh(String name, int megabits) {
        return """
              - name: %s
                routers: [{name: r1, node: n1}, {name: r2, node: n2}, {name: r3, node: n3}]
                links:
                  - {name: near, a: r1, b: r2, rate: %2$dMbit}
                  - {name: far, a: r1, b: r3, rate: %2$dMbit}
                  - {name: end, a: r2, b: r3, rate: %2$dMbit}
            """.formatted(name, megabits);
    }

    private long versionOf(String node) {
        return ControlClient.connect(nodes.socket(node))
                .get("/v1/status")
                .path("configVersion")
                .asLong();
    }

    @Test
    void shouldSetUpAMeshOnAllNodesOrOnNone() {
        client.put("/v1/network", network(mesh("red", 10)));
        nodes.awaitPing("red", "r1", "100.64.0.2"); // near
        nodes.awaitPing("red", "r1", "100.64.0.6"); // far, which crosses n2
        nodes.await(() -> isAsItShould(client.get("/v1/network/status")), "links up and nodes in sync");

        ControlClient.connect(nodes.socket("n3")).put("/v1/config", "{}"); // by hand
        nodes.await(() -> !isAsItShould(client.get("/v1/network/status")), "n3 has something else than it should");
        client.put("/v1/network", network(mesh("red", 10)));
        nodes.awaitPing("red", "r1", "100.64.0.6");

        long before = versionOf("n1");
        assertThatThrownBy(() -> client.put("/v1/network", network(mesh("red", 10) + mesh("blue", 11))))
                .hasMessageContaining("vpns[blue].links[far]")
                .hasMessageContaining("wants 11 Mbit/s from node n1 to node n3")
                .hasMessageContaining("substrate link");
        assertThat(versionOf("n1")).isEqualTo(before);
        assertThat(client.get("/v1/network").at("/version/number").asLong()).isEqualTo(1);

        client.put("/v1/network", network(mesh("red", 10) + mesh("blue", 5)));
        nodes.awaitPing("blue", "r1", "100.64.0.6");
        client.post("/v1/network/versions/1/rollback", "");
        for (String node : nodes.names()) {
            assertThat(ControlClient.connect(nodes.socket(node)).get("/v1/vpns"))
                    .extracting(vpn -> vpn.path("name").asString())
                    .containsExactly("red");
        }
        assertThat(nodes.in("red", "r1", "ping -c 20 -l 20 -i 0.01 -W 10 100.64.0.6"))
                .contains(" 0% packet loss");
    }

    private static boolean isAsItShould(JsonNode status) {
        return status.path("linksDown").isEmpty()
                && status.path("linkCount").asInt() == 3
                && status.path("nodes")
                        .valueStream()
                        .allMatch(node -> node.path("inSync").asBoolean());
    }
}
