package io.vireo.control.node;

import static io.vireo.control.node.Configurations.configuration;
import static io.vireo.control.node.Configurations.loopback;
import static io.vireo.control.node.Configurations.router;
import static io.vireo.control.node.Configurations.vpn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import io.vireo.control.node.topology.MemoryIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node N with VPN blue and router east-1, and node N-blue with VPN east and router 1, name one network namespace. */
class NamespaceOwnershipTest {
    private static final String NODE = "o" + ProcessHandle.current().pid();
    private static final String OTHER = NODE + "-blue";
    private static final String SHARED = "vireo-" + NODE + "-blue-east-1";

    private final Configuration blue = of("blue", "east-1", "192.0.2.1/32");
    private final Configuration east = of("east", "1", "192.0.2.2/32");

    @TempDir
    Path nodes;

    @AfterEach
    void removeWhatIsOurs() {
        NodeService.removeNamespaces(nodes.resolve(OTHER));
        NodeService.removeNamespaces(nodes.resolve(NODE));
        assertThat(NetworkNamespace.list("vireo-" + NODE)).isEmpty();
    }

    @Test
    void shouldRefuseTheNamespaceOfAnotherNodeAndTouchNothingOfIt() throws Exception {
        try (NodeService owner = start(NODE);
                NodeService other = start(OTHER)) {
            owner.apply(blue);
            String before = addresses();
            assertThat(other.check(east))
                    .containsExactly(Problem.at(
                            "vpns[0].routers[0].name",
                            "would have the network namespace " + SHARED + ", which belongs to node " + NODE
                                    + " on this machine; choose another name"));
            assertThatThrownBy(() -> other.apply(east)).hasMessageContaining("belongs to node " + NODE);
            assertThat(addresses()).isEqualTo(before).contains("192.0.2.1/32");
        }
        NodeService.removeNamespaces(nodes.resolve(OTHER));
        assertThat(addresses()).contains("192.0.2.1/32");
    }

    @Test
    void shouldAdoptItsOwnAfterARestartAndGiveItsNamesBackAtTheEnd() throws Exception {
        try (NodeService owner = start(NODE)) {
            owner.apply(blue);
        }
        try (NodeService owner = start(NODE);
                NodeService other = start(OTHER)) {
            assertThat(owner.check(blue)).isEmpty();
            owner.apply(blue);
            owner.apply(configuration(List.of()));
            assertThat(other.check(east)).isEmpty();
            other.apply(east);
            assertThat(addresses()).contains("192.0.2.2/32").doesNotContain("192.0.2.1/32");
        }
    }

    private NodeService start(String node) {
        return NodeService.start(new NodeContext()
                .nodeName(node)
                .sharedDirectory(nodes.resolve(node))
                .ids(new MemoryIds()));
    }

    private static String addresses() {
        return Shell.run("ip -n " + SHARED + " address show");
    }

    private static Configuration of(String vpn, String router, String loopback) {
        return configuration(List.of(), vpn(vpn, 1, List.of(router(router, List.of(loopback("lo", loopback))))));
    }
}
