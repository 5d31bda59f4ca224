package io.vireo.control.node.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Route;
import io.vireo.control.model.StaticRouteKind;
import io.vireo.control.model.document.ConfigurationReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which gateways a configuration may name, held against the kernel: it takes just those routes. In IPv4; in IPv6 a longer match
 * with a gateway is in the way, which an event says ({@code route.pending}).
 */
class GatewayDifferenceTest {
    private static final int DOCUMENTS = 400;
    private static final String ROUTER = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: h1, port: p1, vlan: 1, addresses: ["%1$s"]}
                  - {name: h2, port: p1, vlan: 2, addresses: ["%2$s"]}
                routes:
        """;

    /** One family: addresses, and the part of an address behind which a digit and a length go. */
    private record Family(String first, String second, String stem, int shortest, int longest) {}

    private static final Family IPV4 = new Family("10.0.0.1/28", "10.0.0.33/28", "10.0.0.", 26, 32);
    private static final Family IPV6 = new Family("2001:db8::1/124", "2001:db8::21/124", "2001:db8::", 122, 128);

    @ParameterizedTest
    @ValueSource(booleans = true)
    void shouldAcceptJustTheGatewaysThatTheKernelTakes(boolean isIpv4) throws InvalidConfigurationException {
        Family family = isIpv4 ? IPV4 : IPV6;
        Random random = new Random(18);
        int accepted = 0;
        try (TestNamespace test = new TestNamespace()) {
            test.batch("link set lo up\nlink add h1 type veth peer name p1\nlink add h2 type veth peer name p2\n"
                    + "link set h1 up\nlink set p1 up\nlink set h2 up\nlink set p2 up\naddress add " + family.first()
                    + " dev h1 nodad\naddress add " + family.second() + " dev h2 nodad\n");
            try (Rtnetlink netlink = test.namespace().call(() -> Rtnetlink.open(test.name()))) {
                for (int i = 0; i < DOCUMENTS; i++) {
                    String others = others(family, random);
                    Route route = route(family, random);
                    String text = "seed 18, document " + i + ":\n" + others + route;
                    boolean isAccepted = isAccepted(others + text(route));
                    assertThat(isTaken(others, route, new StaticRoutes(netlink)))
                            .as(text)
                            .isEqualTo(isAccepted);
                    accepted += isAccepted ? 1 : 0;
                }
            }
        }
        assertThat(accepted).isBetween(DOCUMENTS / 20, DOCUMENTS - DOCUMENTS / 20);
    }

    private static boolean isAccepted(String document) {
        try {
            ConfigurationReader.read(document);
            return true;
        } catch (InvalidConfigurationException e) {
            assertThat(e.problems()).extracting(Problem::reason).allMatch(reason -> reason.startsWith("leads nowhere"));
            return false;
        }
    }

    /** Whether the kernel takes the route when it has the others. */
    private static boolean isTaken(String others, Route route, StaticRoutes routes)
            throws InvalidConfigurationException {
        routes.configure(List.of());
        List<Route> wanted = new ArrayList<>(ConfigurationReader.read(others)
                .vpns()
                .getFirst()
                .routers()
                .getFirst()
                .routes());
        assertThat(routes.configure(wanted)).isEmpty();
        wanted.add(route);
        try {
            return routes.configure(wanted).isEmpty();
        } catch (LinuxException e) {
            return false;
        }
    }

    /** A document with a few routes, all without gateways or by one that nobody objects to. */
    private static String others(Family family, Random random) {
        List<String> ends =
                List.of("interface: h1", "interface: h2", "blackhole: true", "via: \"" + family.stem() + "2\"");
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put(family == IPV4 ? "198.51.100.0/24" : "2001:db8:8::/48", ends.getFirst());
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = family.shortest() + 2 * random.nextInt((family.longest() - family.shortest()) / 2 + 1);
            int host = (48 + random.nextInt(16)) & -(1 << (family.longest() - length));
            routes.put(prefix(family, host, length), ends.get(random.nextInt(ends.size())));
        }
        StringBuilder document = new StringBuilder(ROUTER.formatted(family.first(), family.second()));
        routes.forEach((prefix, end) -> document.append("          - {prefix: \"")
                .append(prefix)
                .append("\", ")
                .append(end)
                .append("}\n"));
        return document.toString();
    }

    private static Route route(Family family, Random random) {
        IpPrefix prefix = IpPrefix.parse(family == IPV4 ? "192.0.2.0/24" : "2001:db8:9::/48");
        IpAddress gateway = IpAddress.parse(address(family, 48 + random.nextInt(16)));
        int by = random.nextInt(4);
        String name = by == 0 ? null : by == 2 ? "h2" : "h1";
        return new Route(prefix, StaticRouteKind.UNICAST, List.of(gateway), name, by == 3);
    }

    private static String text(Route route) {
        return "          - {prefix: \"" + route.prefix() + "\", via: \""
                + route.via().getFirst() + "\""
                + (route.interfaceName() == null ? "" : ", interface: " + route.interfaceName())
                + ", onLink: " + route.onLink() + "}\n";
    }

    private static String prefix(Family family, int host, int length) {
        return address(family, host).replaceAll("::0$", "::") + "/" + length;
    }

    private static String address(Family family, int host) {
        return family.stem() + (family == IPV4 ? Integer.toString(host) : Integer.toHexString(host));
    }
}
