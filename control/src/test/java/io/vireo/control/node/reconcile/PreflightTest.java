package io.vireo.control.node.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.topology.DataplaneLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreflightTest {
    private static final String DEVICE = "vpf" + ProcessHandle.current().pid();
    private static final int BUFFER_MTU = 2_030;

    @BeforeEach
    void makeDevice() {
        Shell.run("ip link add " + DEVICE + " mtu 9000 type veth peer name " + DEVICE + "b mtu 9000");
    }

    @AfterEach
    void removeDevice() {
        Shell.run("ip link del " + DEVICE);
    }

    @Test
    void shouldRefuseWhatNoPacketBufferHolds() throws InvalidConfigurationException {
        String document = """
                ports:
                  - {name: p1, device: "null", mtu: 2031}
                  - {name: p2, device: "null", mtu: 2030}
                vpns:
                  - name: blue
                    id: 101
                    routers:
                      - name: r1
                        interfaces:
                          - {name: h1, port: p2, mtu: 2030, addresses: [10.0.1.1/24]}
                          - {name: lo1, loopback: true, addresses: [10.255.0.1/32]}
                      - {name: r2}
                    links:
                      - {name: l1, mtu: 2031, a: {router: r1, interface: to-r2, addresses: [10.1.0.1/30]},
                         b: {router: r2, interface: to-r1, addresses: [10.1.0.2/30]}}
                """;
        assertThat(problems(document))
                .containsExactly(
                        "ports[0].mtu: is 2031, above 2030, the most that a packet buffer of the data plane holds"
                                + " (mbufBytes of the profile's memory)",
                        "vpns[0].links[0].mtu: is 2031, above 2030, the most that a packet buffer of the data plane holds"
                                + " (mbufBytes of the profile's memory)");
    }

    @Test
    void shouldKnowWhatTheAfPacketDriverNeedsOfABuffer() throws InvalidConfigurationException {
        assertThat(problems(port(1_984))).isEmpty();
        assertThat(problems(port(1_985)))
                .containsExactly(
                        "ports[0].mtu: is 1985, above 1984, the most that a packet buffer of the data plane holds"
                                + " (mbufBytes of the profile's memory)");
    }

    @Test
    void shouldRefuseMoreThanTheDeviceCarriesAndSayHowToRaiseIt() throws InvalidConfigurationException {
        Shell.run("ip link set " + DEVICE + " mtu 1600");
        assertThat(problems(port(1_600))).isEmpty();
        assertThat(problems(port(1_700)))
                .containsExactly("ports[0].mtu: is 1700, above the 1600 of Linux interface " + DEVICE
                        + ", which has to be raised first: ip link set " + DEVICE + " mtu 1700");
    }

    private static String port(int mtu) {
        return "ports: [{name: p1, device: \"af_packet:" + DEVICE + "\", mtu: " + mtu + "}]\n";
    }

    private static List<String> problems(String document) throws InvalidConfigurationException {
        Configuration configuration = ConfigurationReader.read(document);
        DataplaneLimits limits = new DataplaneLimits(1, 64, 64, 64, 4_096, BUFFER_MTU);
        return new Preflight(NodePlan.EMPTY, limits)
                .check(configuration).stream().map(Problem::toString).toList();
    }
}
