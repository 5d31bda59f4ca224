package io.vireo.control.node.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingRouteTest {
    private static ForwardingRoute over(ForwardingRoute.NextHop... nextHops) {
        return new ForwardingRoute(RouteKind.UNICAST, List.of(nextHops));
    }

    private static ForwardingRoute.NextHop via(int interfaceId, String gateway, int weight) {
        IpAddress address = IpAddress.parse(gateway);
        return new ForwardingRoute.NextHop(
                interfaceId, WireAddresses.high(address), WireAddresses.low(address), weight);
    }

    private static ForwardingRoute.NextHop onLink(int interfaceId, int weight) {
        return new ForwardingRoute.NextHop(interfaceId, 0, 0, weight);
    }

    @Test
    void shouldHaveTheDestinationAsNeighbourOfAHostRouteOnTheLink() {
        assertThat(over(onLink(3, 1)).towards(IpPrefix.parse("10.9.9.9/32"))).isEqualTo(over(via(3, "10.9.9.9", 1)));
        assertThat(over(onLink(3, 1)).towards(IpPrefix.parse("2001:db8::9/128")))
                .isEqualTo(over(via(3, "2001:db8::9", 1)));
        assertThat(over(onLink(3, 2), via(4, "10.1.0.2", 5)).towards(IpPrefix.parse("10.9.9.9/32")))
                .isEqualTo(over(via(3, "10.9.9.9", 2), via(4, "10.1.0.2", 5)));
    }

    @Test
    void shouldLeaveOtherRoutesAsTheyAre() {
        ForwardingRoute network = over(onLink(3, 1));
        assertThat(network.towards(IpPrefix.parse("10.9.9.8/31"))).isSameAs(network);
        assertThat(network.towards(IpPrefix.parse("2001:db8::8/127"))).isSameAs(network);
        ForwardingRoute gateway = over(via(4, "10.1.0.2", 5));
        assertThat(gateway.towards(IpPrefix.parse("10.9.9.9/32"))).isSameAs(gateway);
        ForwardingRoute local = ForwardingRoute.of(RouteKind.LOCAL);
        assertThat(local.towards(IpPrefix.parse("10.9.9.9/32"))).isSameAs(local);
    }

    @Test
    void shouldTellGatewaysOfBothFamiliesApart() {
        assertThat(via(1, "fe80::2", 1).gateway(AddressFamily.IPV4)).isEqualTo(IpAddress.parse("fe80::2"));
        assertThat(via(1, "10.0.0.2", 1).gateway(AddressFamily.IPV4)).isEqualTo(IpAddress.parse("10.0.0.2"));
        assertThat(via(1, "::7", 1).gateway(AddressFamily.IPV6)).isEqualTo(IpAddress.parse("::7"));
        assertThat(onLink(1, 1).gateway(AddressFamily.IPV6)).isNull();

        assertThat(ForwardingRoute.NextHop.isPossible(AddressFamily.IPV4, IpAddress.parse("fe80::2")))
                .isTrue();
        assertThat(ForwardingRoute.NextHop.isPossible(AddressFamily.IPV4, IpAddress.parse("::7")))
                .isFalse(); // could not be told from 0.0.0.7
        assertThat(ForwardingRoute.NextHop.isPossible(AddressFamily.IPV6, IpAddress.parse("10.0.0.2")))
                .isFalse();
    }
}
