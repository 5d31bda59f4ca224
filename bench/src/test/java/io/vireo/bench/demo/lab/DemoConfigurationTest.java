package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.ConfigurationReader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoConfigurationTest {
    private final Configuration configuration;

    DemoConfigurationTest() throws InvalidConfigurationException {
        configuration = ConfigurationReader.read(DemoConfiguration.yaml());
    }

    @Test
    void shouldBeAConfigurationThatVireoAccepts() {
        assertThat(configuration.vpns()).extracting(Vpn::name).containsExactly("blue", "red", "chain");
        assertThat(configuration.vpns()).extracting(Vpn::id).containsExactly(101L, 102L, 103L);
    }

    @Test
    void shouldJoinTheChainByOneLinkLessThanItHasRouters() {
        Vpn chain = configuration.vpns().get(2);
        assertThat(chain.routers()).hasSize(32);
        assertThat(chain.links()).hasSize(31);
    }

    @Test
    void shouldExpectAHopPerRouterOfTheChainAndItsEnd() {
        assertThat(DemoConfiguration.chainHops())
                .hasSize(33)
                .doesNotHaveDuplicates()
                .startsWith("10.1.1.1", "10.2.1.2")
                .endsWith("10.2.31.2", "10.1.2.2");
    }

    @Test
    void shouldHaveAHostOrAWireBehindEachPort() {
        Lab lab = new Lab(Path.of("unused"));
        DemoConfiguration.addHosts(lab);
        Stream<String> hostPorts = lab.hosts().stream().map(Host::portInterface);
        Stream<String> wirePorts =
                lab.vethPairs().stream().flatMap(wire -> Stream.of(wire.firstInterface(), wire.secondInterface()));
        assertThat(Stream.concat(hostPorts, wirePorts))
                .extracting(name -> name.replace("vd-", ""))
                .containsExactlyInAnyOrderElementsOf(
                        configuration.ports().stream().map(port -> port.name()).toList());
    }

    @Test
    void shouldGiveBlueAndRedTheSameAddresses() {
        Lab lab = new Lab(Path.of("unused"));
        DemoConfiguration.addHosts(lab);
        for (String host : new String[] {"-h1", "-h2"}) {
            assertThat(lab.host("blue" + host).addresses())
                    .isEqualTo(lab.host("red" + host).addresses());
        }
        assertThat(lab.host("blue-h1").address(IpFamily.IPV4)).isEqualTo("10.0.1.2");
        assertThat(lab.host("red-h2").address(IpFamily.IPV6)).isEqualTo("2001:db8:2::2");
    }
}
