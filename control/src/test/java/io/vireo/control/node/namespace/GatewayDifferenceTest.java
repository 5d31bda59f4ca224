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
import org.junit.jupiter.api.Test;

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
                  - {name: h1, port: p1, vlan: 1, addresses: [10.0.0.1/28]}
                  - {name: h2, port: p1, vlan: 2, addresses: [10.0.0.33/28]}
                routes:
        """;

    private static final int SHORTEST = 26;
    private static final int LONGEST = 32;

    @Test
    void shouldAcceptJustTheGatewaysThatTheKernelTakes() throws InvalidConfigurationException {
        Random random = new Random(18);
        int accepted = 0;
        try (TestNamespace test = new TestNamespace()) {
            test.batch("""
                link set lo up
                link add h1 type veth peer name p1
                link add h2 type veth peer name p2
                link set h1 up
                link set p1 up
                link set h2 up
                link set p2 up
                address add 10.0.0.1/28 dev h1
                address add 10.0.0.33/28 dev h2
                """);
            try (Rtnetlink netlink = test.namespace().call(() -> Rtnetlink.open(test.name()))) {
                for (int i = 0; i < DOCUMENTS; i++) {
                    String others = others(random);
                    Route route = route(random);
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
    private static String others(Random random) {
        List<String> ends = List.of("interface: h1", "interface: h2", "blackhole: true", "via: 10.0.0.2");
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("198.51.100.0/24", ends.getFirst());
        for (int i = random.nextInt(4); i > 0; i--) {
            int length = SHORTEST + 2 * random.nextInt((LONGEST - SHORTEST) / 2 + 1);
            int host = (48 + random.nextInt(16)) & -(1 << (LONGEST - length));
            routes.put(prefix(host, length), ends.get(random.nextInt(ends.size())));
        }
        StringBuilder document = new StringBuilder(ROUTER);
        routes.forEach((prefix, end) -> document.append("          - {prefix: \"")
                .append(prefix)
                .append("\", ")
                .append(end)
                .append("}\n"));
        return document.toString();
    }

    private static Route route(Random random) {
        IpPrefix prefix = IpPrefix.parse("192.0.2.0/24");
        IpAddress gateway = IpAddress.parse(address(48 + random.nextInt(16)));
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

    private static String prefix(int host, int length) {
        return address(host) + "/" + length;
    }

    private static String address(int host) {
        return "10.0.0." + host;
    }
}
