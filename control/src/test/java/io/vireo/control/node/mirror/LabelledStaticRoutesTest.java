package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the data plane is to do with routes that put labels on. */
class LabelledStaticRoutesTest {
    private static final int IFINDEX = 4;
    private static final int INTERFACE = 14;
    private static final IpPrefix PREFIX = IpPrefix.parse("10.9.0.0/16");
    private static final @Nullable IpAddress GATEWAY = IpAddress.parse("192.0.2.2");

    private static NextHop hop(@Nullable IpAddress gateway, List<Integer> labels) {
        return new NextHop(IFINDEX, gateway, 1, 0, 99, new OutgoingLabels(labels, OutgoingLabels.UNIFORM));
    }

    private static RouteDecision decide(NextHop... hops) {
        RouteResolver resolver = new RouteResolver();
        resolver.bind(IFINDEX, INTERFACE);
        RouteMessage message = RouteMessage.of(PREFIX, RouteType.UNICAST, 3, 0, List.of(hops));
        return resolver.decide(PREFIX, RouteCandidates.of(KernelRoute.of(message)));
    }

    @Test
    void shouldBeForwardedWithTheirLabels() {
        ForwardingRoute route = decide(hop(GATEWAY, List.of(100, 0)), NextHop.of(IFINDEX, GATEWAY))
                .route();
        assertThat(Objects.requireNonNull(route).nextHops())
                .extracting(hop -> hop.gateway(AddressFamily.IPV4) + " " + hop.labels())
                .containsExactly("192.0.2.2 100/0", "192.0.2.2 null");
    }

    @Test
    void shouldBeLeftToLinuxIfTheyCannotBeSent() {
        for (NextHop hop : List.of(
                hop(null, List.of(100)),
                hop(GATEWAY, List.of(100, 1)),
                hop(GATEWAY, Collections.nCopies(9, 100)),
                new NextHop(IFINDEX, GATEWAY, 1, 0, 99))) {
            RouteDecision decision = decide(hop);
            assertThat(decision.cause()).isEqualTo(PuntCause.ENCAPSULATION);
            assertThat(decision.route()).extracting(ForwardingRoute::kind).isEqualTo(RouteKind.PUNT);
        }
    }
}
