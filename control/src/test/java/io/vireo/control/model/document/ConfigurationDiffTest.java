package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDiffTest {
    private static final String BEFORE = """
            ports: [{name: p1, device: null}]
            vpns:
              - name: blue
                id: 101
                routers:
                  - name: r1
                    interfaces:
                      - {name: h1, port: p1, vlan: 10, addresses: [10.0.1.1/24]}
                      - {name: h2, port: p1, vlan: 20}
                    routes: [{prefix: 10.9.0.0/16, via: 10.0.1.2}]
            """;

    @Test
    void shouldFindNothingBetweenEqualConfigurations() throws InvalidConfigurationException {
        assertThat(between(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void shouldNameElementsByTheirNames() throws InvalidConfigurationException {
        String after = BEFORE.replace("vlan: 10", "vlan: 11, mtu: 1400")
                .replace("      - {name: h2, port: p1, vlan: 20}\n", "      - {name: h3, port: p1}\n")
                .replace("via: 10.0.1.2", "via: 10.0.1.3");
        assertThat(ConfigurationDiff.toText(between(BEFORE, after))).isEqualTo("""
                @@ vpns[blue].routers[r1].interfaces[h1].vlan @@
                - 10
                + 11
                @@ vpns[blue].routers[r1].interfaces[h1].mtu @@
                + 1400
                @@ vpns[blue].routers[r1].interfaces[h2] @@
                - name: h2
                - port: p1
                - vlan: 20
                @@ vpns[blue].routers[r1].interfaces[h3] @@
                + name: h3
                + port: p1
                @@ vpns[blue].routers[r1].routes[10.9.0.0/16].via @@
                - 10.0.1.2
                + 10.0.1.3
                """);
    }

    @Test
    void shouldShowWholeElementsWhenTheFirstOnesAppear() throws InvalidConfigurationException {
        List<Change> changes = ConfigurationDiff.between(Configuration.EMPTY, ConfigurationReader.read(BEFORE));
        assertThat(changes).extracting(Change::path).containsExactly("ports[p1]", "vpns[blue]");
        assertThat(changes).allSatisfy(change -> assertThat(change.before()).isNull());
    }

    @Test
    void shouldBeReversible() throws InvalidConfigurationException {
        String after = BEFORE.replace("id: 101", "id: 102");
        Change forth = between(BEFORE, after).getFirst();
        Change back = between(after, BEFORE).getFirst();
        assertThat(back).isEqualTo(new Change(forth.path(), forth.after(), forth.before()));
    }

    private static List<Change> between(String before, String after) throws InvalidConfigurationException {
        return ConfigurationDiff.between(ConfigurationReader.read(before), ConfigurationReader.read(after));
    }
}
