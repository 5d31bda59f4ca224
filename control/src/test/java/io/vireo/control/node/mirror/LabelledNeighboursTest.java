package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelledNeighboursTest {
    private static final int WAN = 4;
    private static final IpPrefix ONE = IpPrefix.parse("10.1.0.0/16");
    private static final IpPrefix OTHER = IpPrefix.parse("10.2.0.0/16");

    private final LabelledNeighbours neighbours = new LabelledNeighbours();

    private static ForwardingRoute.NextHop hop(String gateway, @Nullable Integer label) {
        IpAddress address = IpAddress.parse(gateway);
        OutgoingLabels labels = label == null ? null : new OutgoingLabels(List.of(label), OutgoingLabels.UNIFORM);
        return new ForwardingRoute.NextHop(WAN, WireAddresses.high(address), WireAddresses.low(address), 1, labels);
    }

    private static ForwardingRoute route(ForwardingRoute.NextHop... hops) {
        return new ForwardingRoute(RouteKind.UNICAST, List.of(hops));
    }

    private void assertAre(String... addresses) {
        assertThat(neighbours.all())
                .extracting(each -> each.interfaceId() + " " + each.address())
                .containsExactlyInAnyOrder(addresses);
    }

    @Test
    void shouldBeThoseOfRoutesWithLabels() {
        neighbours.note(ONE, route(hop("192.0.2.2", 100), hop("192.0.2.3", null)));
        neighbours.note(OTHER, route(hop("2001:db8::2", 100)));
        assertAre("4 192.0.2.2", "4 2001:db8::2");
    }

    @Test
    void shouldBeAskedForUntilTheLastRouteToThemIsGone() {
        neighbours.note(ONE, route(hop("192.0.2.2", 100)));
        neighbours.note(OTHER, route(hop("192.0.2.2", 200)));
        neighbours.note(ONE, route(hop("192.0.2.2", 101)));
        neighbours.note(ONE, null);
        assertAre("4 192.0.2.2");
        neighbours.note(OTHER, route(hop("192.0.2.2", null)));
        assertAre();
        neighbours.note(OTHER, null);
        assertAre();
    }

    /** Tables of routes that differ in their labels alone are looked up by hash. */
    @Test
    void shouldHashByLabels() {
        Set<Integer> hashes = new HashSet<>();
        for (int label = 16; label < 1_016; label++) {
            hashes.add(hop("192.0.2.2", label).hashCode());
        }
        assertThat(hashes).hasSizeGreaterThan(900);
    }
}
