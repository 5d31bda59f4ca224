package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpAddress;
import io.vireo.control.node.forwarding.ForwardingRoute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What long runs of {@link KernelDifferenceTest} have found, in as few commands as it takes. */
class FoundDifferencesTest {
    private final MirroredNamespace namespace = new MirroredNamespace();

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void shouldFollowAnIpv6ReplacementThatLeavesTwoRoutesAlike() {
        ipv6("route add default via 2001:db8:1::3");
        ipv6("route add 3000::/8 dev h1");
        ipv6("route append 3000::/8 dev h3");
        ipv6("route replace 3000::/8 dev h3");
        ipv6("route del 3000::/8");
        assertThat(differencesFromFresh()).isEmpty();
        assertThat(lookUp("30ab::1")).isNotEqualTo(lookUp("2a00::1"));
    }

    @Test
    void shouldKeepTheSiblingThatDiffersByItsEncapsulationOnly() {
        ipv6("route add default via 2001:db8:1::2 dev h1 proto static");
        ipv6("route append default encap seg6 mode encap segs 2001:db8:1::7 via 2001:db8:1::2 dev h1");
        ipv6("route del default via 2001:db8:1::2 dev h1 proto static");
        assertThat(differencesFromFresh()).isEmpty();
        assertThat(lookUp("2a00::1")).isNotNull();
    }

    @Test
    void shouldKnowIpv4RoutesApartThatDifferByTheirEncapsulation() {
        ipv4("route add 20.0.0.0/8 encap seg6 mode encap segs 2001:db8:1::7 dev h1");
        ipv4("route append 20.0.0.0/8 encap seg6 mode encap segs 2001:db8:1::8 dev h1");
        ipv4("route del 20.0.0.0/8");
        assertThat(differencesFromFresh()).isEmpty();
        assertThat(lookUp("20.1.1.1")).isNotNull();
    }

    @Test
    void shouldKnowIpv4RoutesApartThatDifferByTheOrderOfTheirNextHops() {
        ipv4("route add 20.0.0.0/8 nexthop via 10.2.0.3 dev h2 nexthop via 10.1.0.2 dev h1");
        ipv4("route append 20.0.0.0/8 nexthop via 10.1.0.2 dev h1 nexthop via 10.2.0.3 dev h2");
        ipv4("route del 20.0.0.0/8 via 10.2.0.3 dev h2");
        assertThat(differencesFromFresh()).isEmpty();
        assertThat(lookUp("20.1.1.1")).isNotNull();
    }

    @Test
    void shouldForgetWhatANextHopObjectLedToThatNoRouteUsed() {
        ipv6("nexthop add id 2 via 2001:db8:1::2 dev h1");
        ipv4("route add 20.0.0.0/8 nhid 2");
        ipv4("route del 20.0.0.0/8");
        namespace.sync().resynchronise();
        ipv6("nexthop replace id 2 via 2001:db8:2::3 dev h2");
        ipv4("route add 20.0.0.0/8 nhid 2");
        assertThat(differencesFromFresh()).isEmpty();
    }

    private void ipv4(String command) {
        run(command, true);
    }

    private void ipv6(String command) {
        run(command, false);
    }

    private void run(String command, boolean isIpv4) {
        assertThat(namespace.run(command, isIpv4)).as(command).isEmpty();
        namespace.catchUp();
    }

    private String differencesFromFresh() {
        return KernelDifferenceTest.until(namespace, namespace::differencesFromFresh);
    }

    private @Nullable ForwardingRoute lookUp(String address) {
        return namespace.lookUp(IpAddress.parse(address));
    }
}
