package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.AbsentForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.forwarding.RecordingForwardingPlane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a data plane gets that starts after the kernel's tables were read. */
class RouteMirrorReplayTest {
    private static final int IFINDEX = 3;
    private static final int PREFIXES = 500;
    private static final IpPrefix LIMITED = IpPrefix.parse("192.0.2.0/24");

    private final RecordingForwardingPlane tables = new RecordingForwardingPlane();
    private final RouteResolver resolver = new RouteResolver();
    private final RouteProgram program = new RouteProgram(0, AbsentForwardingPlane.INSTANCE);
    private final RouteMirror mirror = new RouteMirror(resolver, program);

    @Test
    void shouldGiveALaterDataPlaneWhatEachPrefixAloneIsDecidedToBe() {
        resolver.bind(IFINDEX, 7);
        KernelRouteTable fresh = kernelTable();
        mirror.replace(fresh);

        program.program(tables);
        mirror.replay();

        Map<IpPrefix, ForwardingRoute> expected = new HashMap<>();
        fresh.forEach((prefix, candidates) -> expected.put(
                prefix,
                Objects.requireNonNull(resolver.decide(prefix, candidates).route())));
        assertThat(tables.routes).hasSize(PREFIXES + 1).isEqualTo(expected);
        assertThat(mirror.limitations()).singleElement().asString().contains(LIMITED.toString());
    }

    @Test
    void shouldProgramOnlyWhatDiffersWhenTheTableIsReadAnew() {
        resolver.bind(IFINDEX, 7);
        program.program(tables);
        assertThat(mirror.replace(kernelTable())).isEqualTo(PREFIXES + 1);
        tables.routes.clear();

        KernelRouteTable later = kernelTable();
        later.put(IpPrefix.parse("198.51.100.0/24"), RouteCandidates.of(via(1, 0)));

        assertThat(mirror.replace(later)).isEqualTo(1);
        assertThat(tables.routes).containsOnlyKeys(IpPrefix.parse("198.51.100.0/24"));
        assertThat(mirror.limitations()).hasSize(1);
    }

    private static KernelRouteTable kernelTable() {
        KernelRouteTable table = new KernelRouteTable();
        for (int i = 0; i < PREFIXES; i++) {
            table.put(
                    IpPrefix.containing(IpAddress.ofIpv4(i * 0x9E3779), 8 + i % 25), RouteCandidates.of(via(i % 9, 0)));
        }
        table.put(LIMITED, RouteCandidates.of(via(1, 1_280)));
        assertThat(table.size()).isEqualTo(PREFIXES + 1);
        return table;
    }

    private static KernelRoute via(int host, int mtu) {
        List<NextHop> nextHops = List.of(NextHop.of(IFINDEX, IpAddress.ofIpv4(0x0A01_0200 + host)));
        return new KernelRoute(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 0, 0, nextHops, 0, 3, null, false, mtu, 0);
    }
}
