package io.vireo.control.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.CoDel;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Curve;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.model.QueueLimits;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.SchedulingClass;
import io.vireo.control.model.TimeSpan;
import io.vireo.control.model.VpnBuffers;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulingReaderTest {
    static final String EXAMPLE = """
            ports: [{name: p1, device: null, rate: 100Mbit}, {name: p2, device: null}]
            vpns:
              - name: blue
                id: 101
                buffers: {packets: 1000, bytes: 2000000}
                routers:
                  - name: r1
                    interfaces:
                      - name: h1
                        port: p1
                        scheduling:
                          guarantee: 60Mbit
                          limit: 80Mbit
                          queue: {packets: 100, bytes: 150000}
                          codel: {target: 5ms, interval: 100ms}
                          default: bulk
                          classes:
                            - {name: voice, rt: {packet: 200, delay: 5ms, rate: 1Mbit}, match: [{dscp: 46}, {protocol: udp, destinationPorts: 5060-5061, source: 10.0.1.0/24}]}
                            - {name: data, guarantee: 40Mbit}
                            - {name: bulk, parent: data}
                            - {name: web, parent: data, rt: {m1: 5Mbit, d: 10ms, m2: 10Mbit}, match: [{protocol: tcp, destinationPorts: 443}]}
                      - {name: h2, port: p1, vlan: 2, scheduling: {guarantee: 30Mbit}}
                      - {name: h3, port: p2, scheduling: {ls: 30Mbit}}
            """;

    @Test
    void shouldReadEveryField() throws InvalidConfigurationException, UnknownHostException {
        Configuration read = ConfigurationReader.read(EXAMPLE);
        assertThat(read.ports().getFirst().rate()).hasToString("100Mbit");
        assertThat(read.ports().getFirst().overheadBytes()).isEqualTo(24);
        assertThat(read.vpns().getFirst().buffers()).isEqualTo(new VpnBuffers(1_000, 2_000_000));
        Scheduling scheduling = schedulingOf(read, 0);
        Curve sixty = new Curve.Straight(new Bandwidth(60_000_000));
        assertThat(scheduling.curves())
                .isEqualTo(new ClassCurves(sixty, sixty, new Curve.Straight(new Bandwidth(80_000_000))));
        assertThat(scheduling.queue()).isEqualTo(new QueueLimits(100, 150_000));
        assertThat(scheduling.codel()).isEqualTo(new CoDel(new TimeSpan(5_000_000), new TimeSpan(100_000_000)));
        assertThat(scheduling.defaultClass()).isEqualTo("bulk");
        assertThat(scheduling.classes())
                .extracting(SchedulingClass::name)
                .containsExactly("voice", "data", "bulk", "web");

        SchedulingClass voice = scheduling.classes().getFirst();
        assertThat(serviceOf(voice.curves().realTime())).isEqualTo(ServiceCurve.ofPacket(200, 5_000_000, 1_000_000));
        assertThat(voice.curves().linkShare()).isNull();
        assertThat(voice.matches().getFirst().rule(7))
                .isEqualTo(ClassFilterRule.to(7).withDscp(46));
        assertThat(voice.matches().get(1).rule(7))
                .isEqualTo(ClassFilterRule.to(7)
                        .withProtocol(17)
                        .toPorts(new PortRange(5060, 5061))
                        .fromPrefix(FilterPrefix.of(InetAddress.getByName("10.0.1.0"), 24)));

        SchedulingClass bulk = scheduling.classes().get(2);
        assertThat(bulk.parent()).isEqualTo("data");
        assertThat(bulk.curves()).isEqualTo(ClassCurves.NONE);
        assertThat(bulk.queue()).isEqualTo(QueueLimits.DEFAULT);
        assertThat(serviceOf(scheduling.classes().get(3).curves().realTime()))
                .isEqualTo(new ServiceCurve(5_000_000, 10_000_000, 10_000_000));
        assertThat(ConfigurationReader.read(ConfigurationWriter.toYaml(read))).isEqualTo(read);
    }

    /** Each replaces one piece of the example by something wrong, and says what path and reason must be named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // numbers
                "rate: 100Mbit|rate: 0Mbit|ports[0].rate|at least 1bit",
                "rate: 100Mbit|rate: -5Mbit|ports[0].rate|is not a bandwidth",
                "rate: 100Mbit|rate: 7kbit|ports[0].rate|is not between 8kbit and 1600Gbit",
                "rate: 100Mbit|rate: 1601Gbit|ports[0].rate|is not between 8kbit and 1600Gbit",
                "rate: 100Mbit|rate: 999999999999Gbit|ports[0].rate|more than any bandwidth",
                "rate: 100Mbit|rate: 100Mbit, overheadBytes: 257|ports[0].overheadBytes|is not between 0 and 256",
                "packets: 1000, bytes|packets: 0, bytes|vpns[0].buffers.packets|is not between",
                "packets: 1000, bytes|bytes|vpns[0].buffers.packets|is missing",
                "guarantee: 60Mbit|guarantee: 0Mbit|*.guarantee|at least 1bit",
                "guarantee: 60Mbit|guarantee: -60Mbit|*.guarantee|is not a bandwidth",
                "limit: 80Mbit|limit: 0bit|*.limit|at least 1bit",
                "rate: 1Mbit}, match|rate: 0Mbit}, match|*.classes[0].rt.rate|at least 1bit",
                "packet: 200|packet: 0|*.classes[0].rt.packet|is not between 1 and 65535",
                "delay: 5ms|delay: 0ms|*.classes[0].rt.delay|is not above 0",
                "delay: 5ms|delay: 5|*.classes[0].rt.delay|is not a length of time",
                "delay: 5ms|delay: 61s|*.classes[0].rt.delay|at most 60s",
                "delay: 5ms|delay: 1ns|*.classes[0].rt|does not fit",
                "packet: 200, delay: 5ms|packet: 65535, delay: 1ns|*.classes[0].rt.delay|makes no curve: m1 must be",
                "m1: 5Mbit|m1: 5kbit|*.classes[3].rt.m1|m1 must be 0, or from 8 kb/s",
                "m2: 10Mbit}|m2: 5kbit}|*.classes[3].rt.m2|m2 must be from 8 kb/s",
                "m2: 10Mbit}|m2: 0Mbit}|*.classes[3].rt.m2|at least 1bit",
                "m1: 5Mbit, d: 10ms|m1: 5Mbit|*.classes[3].rt.d|m1 differs from m2, so d must be given",
                "m1: 5Mbit, d: 10ms, m2: 10Mbit|m1: 10Mbit, m2: 5Mbit|*.classes[3].rt.d|m1 differs from m2, so d must be given",
                "m1: 5Mbit, d: 10ms|m1: 0bit, d: 61s|*.classes[3].rt.d|d must be from 0 to 60 s",
                "m1: 5Mbit, d: 10ms, m2: 10Mbit|m1: 400Gbit, d: 60s, m2: 8kbit|*.classes[3].rt.m1|twelve days",
                "m1: 5Mbit, d: 10ms|d: 10ms|*.classes[3].rt.m1|is missing",
                "m1: 5Mbit, d: 10ms|m3: 5Mbit, d: 10ms|*.classes[3].rt.m3|is not a field here",
                "queue: {packets: 100|queue: {packets: 0|*.queue.packets|is not between 1 and",
                "bytes: 150000}|bytes: 1000}|*.queue.bytes|has no room for a frame of 1518 bytes",
                "target: 5ms|target: 100ms|*.codel.target|must be below the interval of 100ms",
                // matches
                "dscp: 46|dscp: 64|*.classes[0].match[0].dscp|is not between 0 and 63",
                "dscp: 46||*.classes[0].match[0]|matches everything",
                "protocol: udp|protocol: 256|*.classes[0].match[1].protocol|is not a protocol number",
                "protocol: udp|protocol: snmp|*.classes[0].match[1].protocol|is not a protocol such as",
                "protocol: udp|protocol: icmp|*.classes[0].match[1].destinationPorts|protocol icmp has no ports",
                "5060-5061|5061-5060|*.classes[0].match[1].destinationPorts|in order",
                "5060-5061|65536|*.classes[0].match[1].destinationPorts|0 to 65535",
                "5060-5061|sip|*.classes[0].match[1].destinationPorts|is not a port",
                "source: 10.0.1.0/24|source: 10.0.1.1/24|*.classes[0].match[1].source|has bits set behind",
                "source: 10.0.1.0/24|source: 10.0.1.0/24, destination: \"::/0\"|*.classes[0].match[1].destination|not of the same family",
                // what excludes each other
                "{guarantee: 30Mbit}|{guarantee: 30Mbit, rt: 30Mbit}|vpns[0].routers[0].interfaces[1].scheduling.rt|contradicts guarantee",
                "{name: data, guarantee: 40Mbit}|{name: data, guarantee: 40Mbit, ls: 1Mbit}|*.classes[1].ls|contradicts guarantee",
                "{name: bulk, parent: data}|{name: bulk, parent: data, limit: 20Mbit, ul: 90Mbit}|*.classes[2].ul|contradicts limit",
                "limit: 80Mbit|limit: 50Mbit|*.limit|is below what guarantee promises",
                "rt: {packet|ul: 2Mbit, rt: {packet|*.classes[0].ul|has only rt; give it ls too",
                "rt: {m1: 5Mbit|ls: 5Mbit, ul: {m1: 4Mbit, d: 5ms, m2: 20Mbit}, rt: {m1: 5Mbit|*.classes[3].ul|is below what rt promises in the first instant",
                "guarantee: 60Mbit|rt: 60Mbit|*.limit|has only rt; give it ls too",
                "{name: data, guarantee: 40Mbit}|{name: data, rt: 40Mbit}|*.classes[1].rt|give it ls too, or guarantee",
                // the tree
                "name: bulk, parent: data|name: voice, parent: data|*.classes[2].name|is the name of another class",
                "name: bulk, parent: data|name: bulk, parent: dada|*.classes[2].parent|is not a class of this interface",
                "name: bulk, parent: data|name: bulk, parent: bulk|*.classes[2].parent|closes a circle: bulk is below bulk",
                "{name: data, guarantee|{name: data, parent: web, guarantee|*.classes[1].parent|data is below web, which is below data",
                "default: bulk|default: huge|*.default|is not a class of this interface",
                "default: bulk|default: data|*.default|has classes below it",
                "{name: data, guarantee|{name: data, match: [{dscp: 1}], guarantee|*.classes[1].match|packets can only be put into a leaf",
                // guarantees
                "rate: 100Mbit}|mtu: 1500}|*.guarantee|cannot be kept: port p1 has not a rate",
                "ls: 30Mbit|guarantee: 30Mbit|vpns[0].routers[0].interfaces[2].scheduling.guarantee|port p2 has not a rate",
                "{guarantee: 30Mbit}|{guarantee: 41Mbit}|vpns[0].routers[0].interfaces[1].scheduling.guarantee|does not fit: interface blue/r1/h2 wants 41Mbit, and port p1 has 40Mbit left",
                "guarantee: 40Mbit|guarantee: 60Mbit|*.classes[1].guarantee|does not fit: class data wants 60Mbit, and interface blue/r1/h1 has 59Mbit left",
                "m2: 10Mbit}|m2: 41Mbit}|*.classes[3].rt|class web wants 41Mbit, and class data of interface blue/r1/h1 has 40Mbit left",
                "m1: 5Mbit, d|m1: 50Mbit, d|*.classes[3].rt|wants 50Mbit in the first instant, and class data of interface blue/r1/h1 has 40Mbit left",
                "guarantee: 40Mbit|ls: 40Mbit|*.classes[3].rt|cannot be kept: class data of interface blue/r1/h1 has not a guarantee",
                "guarantee: 60Mbit|ls: 60Mbit|*.classes[0].rt|cannot be kept: interface blue/r1/h1 has not a guarantee",
                // shares that break a guarantee
                "{guarantee: 30Mbit}|{ls: 41Mbit}|vpns[0].routers[0].interfaces[1].scheduling.ls|takes from a guarantee: interface blue/r1/h1 has classes below it, so that its share keeps what it is promised, but the shares of port p1 are 101Mbit together and it has 100Mbit",
                "{name: bulk, parent: data}|{name: bulk, ls: 20Mbit}|*.classes[2].ls|class data has classes below it, so that its share keeps what it is promised, but the shares of interface blue/r1/h1 are 61Mbit",
                "{name: data, guarantee: 40Mbit}|{name: data, rt: 40Mbit, ls: 39Mbit}|*.classes[1].ls|is less than rt",
                "port: p1, vlan: 2|loopback: true|vpns[0].routers[0].interfaces[1].scheduling|does not apply to a loopback",
            })
    void shouldNameFieldAndReason(String from, String to, String path, String reason) {
        assertThat(EXAMPLE).contains(from);
        String document = EXAMPLE.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to));
        assertThat(problemsOf(document)).anySatisfy(problem -> {
            assertThat(problem.path()).isEqualTo(path.replace("*", "vpns[0].routers[0].interfaces[0].scheduling"));
            assertThat(problem.reason()).contains(reason);
            assertThat(problem.line()).isPositive();
        });
    }

    @Test
    void shouldReportAllThatIsWrongWithClassesAtOnce() {
        String document = EXAMPLE.replace("default: bulk", "default: none")
                .replace("guarantee: 30Mbit", "guarantee: 50Mbit")
                .replace("m1: 5Mbit, d", "m1: 50Mbit, d")
                .replace("bytes: 150000", "bytes: 15");
        assertThat(problemsOf(document))
                .extracting(problem -> problem.path().replaceFirst(".*interfaces", ""))
                .containsExactly(
                        "[0].scheduling.queue.bytes",
                        "[0].scheduling.default",
                        "[0].scheduling.classes[3].rt",
                        "[1].scheduling.guarantee");
    }

    @Test
    void shouldRefuseAnInterfaceThatHasNothingToShareAmongItsClasses() {
        assertThat(problemsOf(EXAMPLE.replace("guarantee: 60Mbit", "rt: 60Mbit").replace("limit: 80Mbit", "")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("vpns[0].routers[0].interfaces[0].scheduling.rt");
                    assertThat(problem.reason()).contains("give it ls too, or guarantee");
                });
    }

    @Test
    void shouldRefuseMoreMatchesThanAFilterCanHave() {
        String matches = IntStream.range(0, 1_025)
                .mapToObj(i -> "{destinationPorts: " + i + "}")
                .collect(Collectors.joining(",", "match: [", "]"));
        assertThat(problemsOf(EXAMPLE.replace("match: [{protocol: tcp, destinationPorts: 443}]", matches)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).endsWith("scheduling.classes");
                    assertThat(problem.reason()).contains("have 1027 matches; at most 1024");
                });
        String ranges = IntStream.range(0, 1_000)
                .mapToObj(i -> "{sourcePorts: " + 20 * i + "-" + (20 * i + 9) + ", destinationPorts: " + 30 * i + "-"
                        + (30 * i + 9) + "}")
                .collect(Collectors.joining(",", "match: [", "]"));
        assertThat(problemsOf(EXAMPLE.replace("match: [{protocol: tcp, destinationPorts: 443}]", ranges)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("words of filter; at most 65536"));
    }

    @Test
    void shouldCountAGuaranteeThatDoesNotFitAgainstNobodyElse() throws InvalidConfigurationException {
        String document = EXAMPLE.replace("{guarantee: 30Mbit}", "{guarantee: 50Mbit}")
                .replace("port: p2, scheduling: {ls: 30Mbit}", "port: p1, vlan: 3, scheduling: {guarantee: 40Mbit}");
        assertThat(problemsOf(document))
                .extracting(Problem::path)
                .containsExactly("vpns[0].routers[0].interfaces[1].scheduling.guarantee");
        assertThat(schedulingOf(
                        ConfigurationReader.read(EXAMPLE.replace("{guarantee: 30Mbit}", "{guarantee: 40Mbit}")), 1))
                .isNotNull();
    }

    @Test
    void shouldShowWhatChangesInClasses() throws InvalidConfigurationException {
        assertThat(changes(EXAMPLE.replace("guarantee: 40Mbit", "guarantee: 41Mbit")
                        .replace("parent: data}", "parent: voice2}\n                - {name: voice2}")))
                .isEqualTo("""
                        @@ vpns[blue].routers[r1].interfaces[h1].scheduling.classes[data].guarantee @@
                        - 40Mbit
                        + 41Mbit
                        @@ vpns[blue].routers[r1].interfaces[h1].scheduling.classes[bulk].parent @@
                        - data
                        + voice2
                        @@ vpns[blue].routers[r1].interfaces[h1].scheduling.classes[voice2] @@
                        + name: voice2
                        """);
    }

    @Test
    void shouldShowThatClassesStandInAnotherOrder() throws InvalidConfigurationException {
        List<String> lines = EXAMPLE.lines().toList();
        int voice = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("name: voice"))
                .findFirst()
                .orElseThrow();
        String swapped = EXAMPLE.replace(
                lines.get(voice) + "\n" + lines.get(voice + 1), lines.get(voice + 1) + "\n" + lines.get(voice));
        assertThat(changes(swapped)).isEqualTo("""
                @@ vpns[blue].routers[r1].interfaces[h1].scheduling.classes @@
                - - voice
                - - data
                - - bulk
                - - web
                + - data
                + - voice
                + - bulk
                + - web
                """);
    }

    private static String changes(String after) throws InvalidConfigurationException {
        return ConfigurationDiff.toText(
                ConfigurationDiff.between(ConfigurationReader.read(EXAMPLE), ConfigurationReader.read(after)));
    }

    private static Scheduling schedulingOf(Configuration configuration, int index) {
        Scheduling scheduling = configuration
                .vpns()
                .getFirst()
                .routers()
                .getFirst()
                .interfaces()
                .get(index)
                .scheduling();
        return Objects.requireNonNull(scheduling);
    }

    private static ServiceCurve serviceOf(@Nullable Curve curve) {
        return Objects.requireNonNull(curve).service();
    }

    private static List<Problem> problemsOf(String document) {
        InvalidConfigurationException refused =
                catchThrowableOfType(InvalidConfigurationException.class, () -> ConfigurationReader.read(document));
        assertThat(refused).as(document).isNotNull();
        return refused.problems();
    }
}
