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
import io.vireo.control.node.forwarding.RecordingForwardingPlane;
import io.vireo.control.node.namespace.RouterNamespace;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.LabelledRoutePlan;
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

    /** What a kernel without mpls_iptunnel has of a configured one, or somebody else's route. */
    private static RouteCandidates unreachable(int protocol) {
        return RouteCandidates.of(
                KernelRoute.of(RouteMessage.of(PREFIX, RouteType.UNREACHABLE, protocol, 1, List.of())));
    }

    private static LabelledRoutePlan configured() {
        LabelPlan.Hop hop = new LabelPlan.Hop(INTERFACE, Objects.requireNonNull(GATEWAY));
        return new LabelledRoutePlan(PREFIX, List.of(hop), new OutgoingLabels(List.of(100), OutgoingLabels.UNIFORM));
    }

    @Test
    void shouldStandInPlaceOfOursAlone() {
        RouteResolver resolver = new RouteResolver();
        resolver.bind(IFINDEX, INTERFACE);
        resolver.labelled().configure(List.of(configured()));
        assertThat(resolver.decide(PREFIX, unreachable(RouterNamespace.PROTOCOL))
                        .route())
                .matches(ForwardingRoute::hasLabels);
        assertThat(resolver.decide(PREFIX, unreachable(3)).route())
                .isEqualTo(ForwardingRoute.of(RouteKind.UNREACHABLE));
    }

    @Test
    void shouldLeadNowhereWhileTheDataPlaneDoesNotKnowTheInterface() {
        RouteResolver resolver = new RouteResolver();
        RecordingForwardingPlane tables = new RecordingForwardingPlane();
        RouteMirror mirror = new RouteMirror(resolver, new RouteProgram(0, tables));
        KernelRouteTable table = new KernelRouteTable();
        table.put(PREFIX, unreachable(RouterNamespace.PROTOCOL));
        mirror.replace(table);
        mirror.reprogram(resolver.labelled().configure(List.of(configured())));
        assertThat(tables.routes).containsEntry(PREFIX, ForwardingRoute.of(RouteKind.UNREACHABLE));
        resolver.bind(IFINDEX, INTERFACE);
        mirror.interfaceChanged(IFINDEX);
        assertThat(tables.routes.get(PREFIX)).matches(ForwardingRoute::hasLabels);
        resolver.unbind(IFINDEX);
        mirror.interfaceChanged(IFINDEX);
        assertThat(tables.routes).containsEntry(PREFIX, ForwardingRoute.of(RouteKind.UNREACHABLE));
    }
}
