package io.vireo.control.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtnetlinkTest {
    private static final int OURS = 86;

    private TestNamespace test;
    private Rtnetlink netlink;

    @BeforeEach
    void open() {
        test = new TestNamespace();
        netlink = test.namespace().call(() -> Rtnetlink.open(test.name()));
        test.batch("""
            link add h1 type veth peer name p1
            link set p1 up
            link set h1 address 02:00:00:00:00:01 up
            address add 10.1.0.1/24 dev h1
            address add 2001:db8:1::1/64 dev h1 nodad
            """);
    }

    @AfterEach
    void close() {
        netlink.close();
        test.close();
    }

    @Test
    void shouldFindAndChangeALink() {
        LinkMessage link = link("h1");
        assertThat(link.macBits()).isEqualTo(0x020000000001L);
        assertThat(link.isOperational()).isTrue();

        netlink.setLinkMtu(link, 1400);
        netlink.setLinkMac(link, MacAddress.parse("02:00:00:00:00:99"));
        netlink.setLinkFlags(link, 0, LinkMessage.UP);

        assertThat(test.run("ip -o link show h1")).contains("mtu 1400", "02:00:00:00:00:99", "state DOWN");
        assertThat(netlink.link("nothing")).isEmpty();
        assertThat(netlink.links()).extracting(LinkMessage::name).contains("lo", "h1");

        netlink.deleteLink(link);
        assertThat(netlink.link("h1")).isEmpty();
    }

    @Test
    void shouldReadTheAliasOfALink() {
        assertThat(link("h1").alias()).isEmpty();
        test.batch("link set h1 alias \"vireo lab two: a/p1 -- h1/eth0\"\n");
        assertThat(link("h1").alias()).isEqualTo("vireo lab two: a/p1 -- h1/eth0");
    }

    @Test
    void shouldAddAddressesMarkedAsOurs() {
        InterfaceAddress ipv4 = InterfaceAddress.parse("10.2.0.1/24");
        InterfaceAddress ipv6 = InterfaceAddress.parse("2001:db8:2::1/64");
        netlink.addAddress(link("h1"), ipv4, OURS);
        netlink.addAddress(link("h1"), ipv6, OURS);
        netlink.addAddress(link("h1"), ipv6, OURS);

        assertThat(netlink.addresses().stream()
                        .filter(address -> address.protocol() == OURS)
                        .map(AddressMessage::address))
                .containsExactlyInAnyOrder(ipv4, ipv6);
        assertThat(test.run("ip -4 address show dev h1")).contains("10.2.0.1/24 brd 10.2.0.255");
        assertThat(test.run("ip -6 address show dev h1 scope global")).doesNotContain("tentative");

        netlink.deleteAddress(link("h1"), ipv4);
        netlink.deleteAddress(link("h1"), ipv6);
        assertThat(netlink.addresses()).noneMatch(address -> address.protocol() == OURS);
    }

    @Test
    void shouldWriteRoutesThatIproute2Reads() {
        int h1 = link("h1").ifindex();
        netlink.replaceRoute(unicast("10.9.0.0/16", NextHop.of(0, IpAddress.parse("10.1.0.2"))));
        netlink.replaceRoute(unicast("10.8.0.0/16", NextHop.of(h1, null)));
        netlink.replaceRoute(unicast(
                "10.7.0.0/16",
                NextHop.of(h1, IpAddress.parse("10.1.0.3")),
                new NextHop(h1, IpAddress.parse("10.1.0.4"), 5, 0, 0)));
        netlink.replaceRoute(unicast("10.6.0.0/16", NextHop.of(h1, IpAddress.parse("2001:db8:1::9"))));
        netlink.replaceRoute(RouteMessage.of(IpPrefix.parse("10.5.0.0/16"), RouteType.BLACKHOLE, OURS, 77, List.of()));
        netlink.replaceRoute(unicast(
                "2001:db8:7::/48",
                NextHop.of(h1, IpAddress.parse("2001:db8:1::3")),
                NextHop.of(h1, IpAddress.parse("2001:db8:1::4"))));

        assertThat(test.run("ip route"))
                .contains("10.9.0.0/16 via 10.1.0.2 dev h1 proto 86 metric 20")
                .contains("10.8.0.0/16 dev h1 proto 86 scope link metric 20")
                .contains("nexthop via 10.1.0.4 dev h1 weight 5")
                .contains("10.6.0.0/16 via inet6 2001:db8:1::9 dev h1")
                .contains("blackhole 10.5.0.0/16 proto 86 metric 77");
        assertThat(test.run("ip -6 route")).contains("nexthop via 2001:db8:1::4 dev h1 weight 1");
    }

    @Test
    void shouldReadRoutesThatIproute2Wrote() {
        int h1 = link("h1").ifindex();
        test.batch("""
            route add 10.9.0.0/16 via 10.1.0.2 metric 5 proto bird
            route add 10.7.0.0/16 nexthop via 10.1.0.3 dev h1 weight 3 nexthop via inet6 2001:db8:1::9 dev h1
            route add unreachable 10.6.0.0/16
            route add 10.5.0.0/16 via 10.1.0.2 table 1000
            """);

        List<RouteMessage> routes = routes(AddressFamily.IPV4);

        assertThat(route(routes, "10.9.0.0/16"))
                .isEqualTo(new RouteMessage(
                        IpPrefix.parse("10.9.0.0/16"),
                        RouteMessage.TABLE_MAIN,
                        12,
                        RouteType.UNICAST,
                        0,
                        5,
                        List.of(NextHop.of(h1, IpAddress.parse("10.1.0.2"))),
                        0,
                        0,
                        null,
                        false,
                        0,
                        0));
        assertThat(route(routes, "10.7.0.0/16").nextHops())
                .containsExactlyInAnyOrder(
                        new NextHop(h1, IpAddress.parse("10.1.0.3"), 3, 0, 0),
                        NextHop.of(h1, IpAddress.parse("2001:db8:1::9")));
        assertThat(route(routes, "10.6.0.0/16").type()).isEqualTo(RouteType.UNREACHABLE);
        assertThat(route(routes, "10.5.0.0/16").table()).isEqualTo(1000);
        assertThat(route(routes, "10.1.0.1/32").type()).isEqualTo(RouteType.LOCAL);
        assertThat(route(routes, "10.1.0.255/32").type()).isEqualTo(RouteType.BROADCAST);
        assertThat(route(routes(AddressFamily.IPV6), "2001:db8:1::1/128").type())
                .isEqualTo(RouteType.LOCAL);
    }

    @Test
    void shouldDeleteTheRouteMeantAndNoOther() {
        test.batch("""
            route add 10.9.0.0/16 via 10.1.0.2 metric 20 proto 86
            route add 10.9.0.0/16 via 10.1.0.3 metric 21 proto static
            """);
        netlink.deleteRoute(unicast("10.9.0.0/16", NextHop.of(0, IpAddress.parse("10.1.0.2"))));
        assertThat(test.run("ip route show 10.9.0.0/16")).contains("metric 21").doesNotContain("metric 20");
    }

    @Test
    void shouldQuoteTheKernelWhenItRefuses() {
        assertThatThrownBy(
                        () -> netlink.replaceRoute(unicast("10.9.0.0/16", NextHop.of(0, IpAddress.parse("192.0.2.1")))))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENETUNREACH))
                .hasMessageContaining("add route 10.9.0.0/16")
                .hasMessageContaining("Nexthop has invalid gateway");
        assertThatThrownBy(() -> netlink.deleteAddress(link("h1"), InterfaceAddress.parse("10.99.0.1/24")))
                .hasMessageContaining("delete address 10.99.0.1/24(h1)");
    }

    @Test
    void shouldReadNeighboursAndHaveThemProbed() {
        test.run("ip neigh add 10.1.0.7 lladdr 02:00:00:00:00:07 dev h1 nud stale");
        NeighbourMessage stale = neighbour("10.1.0.7");
        assertThat(stale.macBits()).isEqualTo(0x020000000007L);
        assertThat(stale.isUsable()).isTrue();

        netlink.probeNeighbour(stale);

        assertThat(neighbour("10.1.0.7").state()).isIn(NeighbourMessage.DELAY, NeighbourMessage.PROBE);
    }

    @Test
    void shouldGiveTheNextHopsOfNextHopObjects() {
        int h1 = link("h1").ifindex();
        test.batch("""
            nexthop add id 1 via 10.1.0.2 dev h1
            nexthop add id 2 via 10.1.0.3 dev h1
            nexthop add id 10 group 1,1/2,3
            route add 10.9.0.0/16 nhid 10
            route add 10.8.0.0/16 nhid 1
            """);

        List<RouteMessage> routes = routes(AddressFamily.IPV4);

        assertThat(route(routes, "10.9.0.0/16").nextHopId()).isEqualTo(10);
        assertThat(route(routes, "10.9.0.0/16").nextHops())
                .containsExactlyInAnyOrder(
                        NextHop.of(h1, IpAddress.parse("10.1.0.2")),
                        new NextHop(h1, IpAddress.parse("10.1.0.3"), 3, 0, 0));
        assertThat(route(routes, "10.8.0.0/16").nextHops())
                .containsExactly(NextHop.of(h1, IpAddress.parse("10.1.0.2")));
    }

    private LinkMessage link(String name) {
        return netlink.link(name).orElseThrow();
    }

    private List<RouteMessage> routes(AddressFamily family) {
        List<RouteMessage> routes = new ArrayList<>();
        assertThat(netlink.dumpRoutes(family, routes::add)).isTrue();
        return routes;
    }

    private static RouteMessage route(List<RouteMessage> routes, String prefix) {
        return routes.stream()
                .filter(route -> route.prefix().equals(IpPrefix.parse(prefix)))
                .findFirst()
                .orElseThrow();
    }

    private NeighbourMessage neighbour(String address) {
        List<NeighbourMessage> found = new ArrayList<>();
        netlink.dumpNeighbours(found::add);
        return found.stream()
                .filter(neighbour -> neighbour.address().equals(IpAddress.parse(address)))
                .findFirst()
                .orElseThrow();
    }

    private static RouteMessage unicast(String prefix, NextHop... nextHops) {
        return RouteMessage.of(IpPrefix.parse(prefix), RouteType.UNICAST, OURS, 20, List.of(nextHops));
    }
}
