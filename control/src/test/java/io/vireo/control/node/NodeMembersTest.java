package io.vireo.control.node;

import static io.vireo.control.node.FakeNode.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.MemberStatus;
import io.vireo.dataplane.membership.policy.CompiledMembers;
import io.vireo.dataplane.membership.policy.MemberImageCheck;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of members on their way to the data plane. */
class NodeMembersTest {
    private static final String DOCUMENT = """
            ports: [{name: p1, device: null}]
            vpns:
              - name: base
                id: 1
                routers:
                  - name: r1
                    interfaces:
                      - name: lan
                        port: p1
                        members:
                          tuples: [{vpn: base, source: 10.0.0.9/32}, {vpn: red, source: 10.0.0.0/24}]
                          allow: [red]
                          otherwise: red
              - name: red
                id: 4000000000
                routers: [{name: r1, interfaces: [{name: lan, port: p1, shared: true}]}]
            """;

    @TempDir
    private Path directory;

    private FakeNode node;

    @BeforeEach
    void start() {
        node = new FakeNode(directory, "m");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private long[] image() {
        return Objects.requireNonNull(node.dataplane.members.get(node.interfaceId("base/r1/lan")));
    }

    private void assertProgrammed() {
        long[] image = image();
        assertThat(new MemberImageCheck().defectOf(image, 0, image.length)).isNull();
        assertThat(CompiledMembers.vpnId(image, 0, 0)).as("the interface's own").isZero();
        assertThat(CompiledMembers.vpnId(image, 0, 1)).isEqualTo((int) 4_000_000_000L);
        assertThat(CompiledMembers.allows(image, 0, (int) 4_000_000_000L)).isTrue();
        assertThat(CompiledMembers.otherwise(image, 0)).isEqualTo(Otherwise.VPN.code());
        assertThat(CompiledMembers.otherwiseVpnId(image, 0)).isEqualTo((int) 4_000_000_000L);
    }

    @Test
    void shouldProgramListsWithTheNumbersOfVpns() throws Exception {
        node.apply(DOCUMENT);
        assertProgrammed();
        assertThat(node.dataplane.members).hasSize(1);
    }

    @Test
    void shouldShowEveryLineOfAList() throws Exception {
        node.apply(DOCUMENT);
        assertThat(node.service.members())
                .containsExactly(
                        line("allow", "red", "", "red/r1/lan"),
                        line("1", "base", "10.0.0.9/32", "base/r1/lan"),
                        line("2", "red", "10.0.0.0/24", "red/r1/lan"),
                        line("otherwise", "red", "", "red/r1/lan"));
        node.apply(DOCUMENT.replace("otherwise: red", "otherwise: drop"));
        assertThat(node.service.members()).contains(line("otherwise", "drop", "", ""));
    }

    private static MemberStatus line(String tuple, String vpn, String source, String ingress) {
        return new MemberStatus("base/r1/lan", tuple, vpn, source, "", "", "", "", ingress, 0);
    }

    @Test
    void shouldChangeAndEndThemWithoutRemovingTheInterface() throws Exception {
        node.apply(DOCUMENT);
        ApplyReport changed = node.apply(DOCUMENT.replace("10.0.0.9/32", "10.0.0.8/32"));
        assertThat(changed.changed()).isEqualTo(2); // the interface and its router
        assertProgrammed();
        node.apply(DOCUMENT.substring(0, DOCUMENT.indexOf("            members:"))
                + DOCUMENT.substring(DOCUMENT.indexOf("  - name: red")).replace(", shared: true", ", vlan: 5"));
        assertThat(image()).isEmpty();
        assertThat(node.dataplane.removals).noneMatch(removal -> removal.equals("interface base/r1/lan"));
    }

    @Test
    void shouldProgramThemAnewWhereADataPlaneStarts() throws Exception {
        node.apply(DOCUMENT);
        node.restartDataplane();
        waitUntil(() -> node.dataplane.members.size() == 1);
        assertProgrammed();
    }
}
