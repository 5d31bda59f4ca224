package io.vireo.control.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.ConfigurationReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingPreflightTest {
    @TempDir
    private Path directory;

    @Test
    void shouldNameTheProgramThatIsNotThere() throws InvalidConfigurationException {
        assertThat(check("{daemon: {command: [" + directory + ", x]}}"))
                .singleElement()
                .hasToString("vpns[0].routers[0].routing.daemon.command: " + directory
                        + " is not a program of this machine");
        assertThat(check("{daemon: {command: [/bin/sleep, '1']}}")).isEmpty();
        assertThat(check("{protocol: static}")).isEmpty();
    }

    @Test
    void shouldNameThePasswordFileThatIsNotThere() throws InvalidConfigurationException {
        String file = directory.resolve("none").toString();
        assertThat(check(
                        "{protocol: bgp, asn: 1, routerId: 1.1.1.1, neighbors: [{address: 10.0.0.2, remoteAsn: 2, passwordFile: "
                                + file + "}]}"))
                .contains(Problem.at(
                        "vpns[0].routers[0].routing.neighbors[0].passwordFile",
                        "passwordFile " + file + ": there is no such file"));
    }

    private static List<Problem> check(String routing) throws InvalidConfigurationException {
        return RoutingPreflight.check(
                ConfigurationReader.read("vpns: [{name: a, id: 1, routers: [{name: r, routing: " + routing + "}]}]"));
    }
}
