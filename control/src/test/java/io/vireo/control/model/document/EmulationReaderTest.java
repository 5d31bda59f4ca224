package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Emulation;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.LossBursts;
import io.vireo.control.model.Probability;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.Vpn;
import io.vireo.dataplane.wire.code.DelayDistribution;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document says of emulated wires. */
class EmulationReaderTest {
    private static final String INTERFACE = """
        ports: [{name: p1, device: null}]
        vpns: [{name: a, id: 1, routers: [{name: r, interfaces: [{name: h, port: p1, emulation: %s}]}]}]
        """;

    private static final String LINK = """
        vpns: [{name: a, id: 1, routers: [{name: r}, {name: s}], links: [{name: l, %s,
          a: {router: r, interface: to-s}, b: {router: s, interface: to-r%s}}]}]
        """;

    private static Emulation ofInterface(String emulation) throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(INTERFACE.formatted(emulation));
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
        return Objects.requireNonNull(interfaces(read, 0).getFirst().emulation());
    }

    private static List<Interface> interfaces(Configuration configuration, int router) {
        Vpn vpn = configuration.vpns().getFirst();
        return vpn.interfacesOf(vpn.routers().get(router));
    }

    @Test
    void shouldReadEveryField() throws InvalidConfigurationException {
        Emulation read = ofInterface("""
                {delay: 20ms, jitter: 5ms, distribution: normal, rate: 10Mbit, queue: 30ms, limit: 500, loss: 0.5%,
                 burst: {p: 1%, r: 25%, lossBad: 90%, lossGood: 0.0000001%}, reorder: 1%, duplicate: 100%, seed: 7}""");
        Probability half = new Probability(5_000_000);
        assertThat(read)
                .isEqualTo(new Emulation(
                        new TimeSpan(20_000_000),
                        new TimeSpan(5_000_000),
                        DelayDistribution.NORMAL,
                        false,
                        new Bandwidth(10_000_000),
                        new TimeSpan(30_000_000),
                        500,
                        half,
                        new LossBursts(
                                new Probability(10_000_000),
                                new Probability(250_000_000),
                                new Probability(900_000_000),
                                new Probability(1)),
                        new Probability(10_000_000),
                        Probability.ALWAYS,
                        7));
    }

    @Test
    void shouldFillInDefaults() throws InvalidConfigurationException {
        Emulation read = ofInterface("{delay: 20ms, burst: {p: 1%, r: 10%}}");
        assertThat(read.distribution()).isEqualTo(DelayDistribution.UNIFORM);
        assertThat(read.burst())
                .isEqualTo(new LossBursts(
                        Probability.parse("1%"), Probability.parse("10.0%"), Probability.ALWAYS, Probability.NEVER));
        assertThat(read.packetLimit()).isEqualTo(1_000);
        assertThat(EmulationWriter.describe(read)).isEqualTo("delay 20ms, burst (p 1%, r 10%)");
        assertThat(EmulationWriter.describe(null)).isEmpty();
    }

    @Test
    void shouldWorkOutALimitOfWhatTheRateCarries() throws InvalidConfigurationException {
        assertThat(ofInterface("{rate: 1Mbit}").packetLimit()).isEqualTo(1_000);
        assertThat(ofInterface("{rate: 1Gbit, delay: 50ms}").packetLimit()).isEqualTo(25_000);
        assertThat(ofInterface("{rate: 1Gbit, delay: 50ms, limit: 30}").packetLimit())
                .isEqualTo(30);
        assertThat(ofInterface("{rate: 1600Gbit, delay: 60s}").packetLimit()).isEqualTo(1_000_000);
    }

    @Test
    void shouldGiveALinksEndsItsBandwidthAndTheirOwnEmulation() throws InvalidConfigurationException {
        Configuration read = ConfigurationReader.read(
                LINK.formatted("bandwidth: 10Mbit, emulation: {delay: 3ms}", ", emulation: {loss: 1%, queue: 9ms}"));
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
        assertThat(EmulationWriter.describe(interfaces(read, 0).getFirst().emulation()))
                .isEqualTo("delay 3ms, rate 10Mbit");
        assertThat(EmulationWriter.describe(interfaces(read, 1).getFirst().emulation()))
                .isEqualTo("rate 10Mbit, queue 9ms, loss 1%");
        Configuration plain = ConfigurationReader.read(LINK.formatted("bandwidth: 10Mbit", ""));
        assertThat(EmulationWriter.describe(interfaces(plain, 1).getFirst().emulation()))
                .isEqualTo("rate 10Mbit");
        Configuration none = ConfigurationReader.read(LINK.formatted("mtu: 1400", ""));
        assertThat(interfaces(none, 0).getFirst().emulation()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|''|emulates nothing",
                "{limit: 5}|''|emulates nothing",
                "{delay: 20}|.delay|is not a length of time",
                "{delay: -1ms}|.delay|is not a length of time",
                "{delay: 61s}|.delay|is more than 60s",
                "{delay: 1ms, jitter: 11s}|.jitter|is more than 10s",
                "{delay: 1ms, jitter: 1ms, distribution: gauss}|.distribution|is neither uniform nor normal nor pareto",
                "{delay: 1ms, distribution: normal}|.distribution|there is none",
                "{delay: 1ms, keepOrder: maybe}|.keepOrder|is neither true nor false",
                "{rate: 1bit}|.rate|is not between",
                "{rate: fast}|.rate|is not a bandwidth",
                "{rate: 1Mbit, queue: 11s}|.queue|is more than 10s",
                "{delay: 1ms, queue: 5ms}|.queue|is for what waits for a rate",
                "{delay: 1ms, limit: 0}|.limit|is not between 1 and 1000000",
                "{delay: 1ms, limit: 1000001}|.limit|is not between 1 and 1000000",
                "{loss: 5}|.loss|is not a percentage",
                "{loss: 101%}|.loss|is more than 100%",
                "{loss: 0.00000001%}|.loss|is not a percentage",
                "{burst: {p: 1%}}|.burst.r|is missing",
                "{burst: {p: 0%, r: 1%}}|.burst.p|is not above 0%",
                "{burst: {p: 1%, r: 0%}}|.burst.r|is not above 0%",
                "{burst: {p: 1%, r: 5%, lossBad: 0%}}|.burst.lossBad|is not above 0%",
                "{burst: {p: 1%, r: 5%, lossGood: much}}|.burst.lossGood|is not a percentage",
                "{burst: {p: 1%, r: 5%, h: 1%}}|.burst.h|is not a field here",
                "{loss: 1%, reorder: 5%}|.reorder|there is no delay",
                "{delay: 1ms, reorder: 5%, keepOrder: true}|.reorder|contradicts keepOrder",
                "{duplicate: many}|.duplicate|is not a percentage",
                "{delay: 1ms, seed: 0}|.seed|is not between 1 and 4294967295",
                "{corrupt: 1%}|.corrupt|is not a field here",
                "fast|''|must be a mapping",
            })
    void shouldNameFieldAndReason(String emulation, String field, String reason) {
        refuses(INTERFACE.formatted(emulation), "vpns[0].routers[0].interfaces[0].emulation" + field, reason);
    }

    @Test
    void shouldRefuseTwoRatesOfALink() {
        refuses(
                LINK.formatted("bandwidth: 1Mbit, emulation: {rate: 2Mbit}", ""),
                "vpns[0].links[0].emulation.rate",
                "contradicts the bandwidth");
        refuses(
                LINK.formatted("bandwidth: 1Mbit", ", emulation: {rate: 2Mbit}"),
                "vpns[0].links[0].b.emulation.rate",
                "contradicts the bandwidth");
    }

    @Test
    void shouldRefuseALoopback() {
        refuses(
                INTERFACE.formatted("{loss: 1%}").replace("port: p1", "loopback: true"),
                "vpns[0].routers[0].interfaces[0].emulation",
                "does not apply to a loopback");
    }

    private static void refuses(String document, String path, String reason) {
        Refusals.assertRefused(document, path, reason);
    }
}
