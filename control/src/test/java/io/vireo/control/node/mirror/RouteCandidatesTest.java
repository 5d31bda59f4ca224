package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteCandidatesTest {
    private static final int SEQUENCES = 2_000;
    private static final int STEPS = 40;

    @Test
    void shouldAgreeWithASlowModelOfTheKernel() {
        SplittableRandom random = new SplittableRandom(86);
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            RouteCandidates candidates = RouteCandidates.NONE;
            List<KernelRoute> model = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                KernelRoute route = randomRoute(random);
                switch (random.nextInt(3)) {
                    case 0 -> {
                        model.remove(route);
                        model.add(route);
                        candidates = candidates.with(AddressFamily.IPV4, route);
                    }
                    case 1 -> {
                        if (!model.contains(route)) { // the kernel refuses a second one of the same
                            replace(model, route);
                            candidates = candidates.replacing(route);
                        }
                    }
                    default -> {
                        if (model.remove(route)) {
                            candidates = candidates.without(AddressFamily.IPV4, route);
                        }
                    }
                }
                assertThat(candidates.best()).isEqualTo(best(model));
                assertThat(candidates.routes()).containsExactlyInAnyOrderElementsOf(model);
            }
        }
    }

    @Test
    void shouldPreferTheLocalTableWhateverTheMetric() {
        KernelRoute local = new KernelRoute(RouteMessage.TABLE_LOCAL, RouteType.LOCAL, 1_000, hops(1), 0);
        KernelRoute main = new KernelRoute(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 0, hops(2), 0);
        RouteCandidates candidates =
                RouteCandidates.NONE.with(AddressFamily.IPV4, main).with(AddressFamily.IPV4, local);
        assertThat(candidates.best()).contains(local);
    }

    @Test
    void shouldTakeAMetricForUnsigned() {
        KernelRoute last = unicast(-1, hops(1)); // 4294967295
        KernelRoute first = unicast(5, hops(2));
        RouteCandidates candidates =
                RouteCandidates.NONE.with(AddressFamily.IPV4, last).with(AddressFamily.IPV4, first);
        assertThat(candidates.best()).contains(first);
    }

    @Test
    void shouldPassOverARouteWhoseWaysAreAllDead() {
        KernelRoute dead = unicast(1, List.of(new NextHop(1, null, 1, NextHop.DEAD, false)));
        KernelRoute alive = unicast(2, hops(2));
        assertThat(RouteCandidates.NONE
                        .with(AddressFamily.IPV4, dead)
                        .with(AddressFamily.IPV4, alive)
                        .best())
                .contains(alive);
        assertThat(RouteCandidates.NONE.with(AddressFamily.IPV4, dead).best()).isEmpty();
    }

    @Test
    void shouldRemoveARouteThatIsToldDead() {
        KernelRoute alive = unicast(1, hops(1));
        KernelRoute dead =
                unicast(1, List.of(new NextHop(1, alive.nextHops().getFirst().gateway(), 1, NextHop.DEAD, false)));
        assertThat(RouteCandidates.NONE
                        .with(AddressFamily.IPV4, alive)
                        .without(AddressFamily.IPV4, dead)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void shouldGrowAndShrinkAnIpv6MultipathRoute() {
        RouteCandidates one = RouteCandidates.NONE.with(AddressFamily.IPV6, unicast(1024, hops(1)));
        RouteCandidates two = one.with(AddressFamily.IPV6, unicast(1024, hops(1, 2)));
        assertThat(two.routes()).containsExactly(unicast(1024, hops(1, 2)));
        RouteCandidates less = two.without(AddressFamily.IPV6, unicast(1024, hops(1)));
        assertThat(less.routes()).containsExactly(unicast(1024, hops(2)));
        assertThat(less.without(AddressFamily.IPV6, unicast(1024, hops(2))).isEmpty())
                .isTrue();
    }

    @Test
    void shouldKeepIpv6RoutesOverDifferentInterfacesApart() {
        RouteCandidates both = RouteCandidates.NONE
                .with(AddressFamily.IPV6, unicast(256, hops(1)))
                .with(AddressFamily.IPV6, unicast(256, hops(2)));
        assertThat(both.routes()).hasSize(2);
        assertThat(both.without(AddressFamily.IPV6, unicast(256, hops(1))).routes())
                .containsExactly(unicast(256, hops(2)));
    }

    private static void replace(List<KernelRoute> model, KernelRoute route) {
        for (int i = 0; i < model.size(); i++) {
            if (model.get(i).isSameSlot(route)) {
                model.set(i, route);
                return;
            }
        }
        model.add(route);
    }

    private static Optional<KernelRoute> best(List<KernelRoute> model) {
        return model.stream()
                .min(Comparator.<KernelRoute>comparingInt(route -> -route.table())
                        .thenComparingInt(KernelRoute::metric));
    }

    private static KernelRoute randomRoute(SplittableRandom random) {
        int table = random.nextInt(4) == 0 ? RouteMessage.TABLE_LOCAL : RouteMessage.TABLE_MAIN;
        int metric = random.nextInt(5);
        return new KernelRoute(table, RouteType.UNICAST, metric, hops(1 + random.nextInt(3)), 0);
    }

    private static KernelRoute unicast(int metric, List<NextHop> nextHops) {
        return new KernelRoute(RouteMessage.TABLE_MAIN, RouteType.UNICAST, metric, nextHops, 0);
    }

    private static List<NextHop> hops(int... ifindexes) {
        return Arrays.stream(ifindexes)
                .mapToObj(ifindex -> NextHop.of(ifindex, IpAddress.ofIpv4(0x0a000000 + ifindex)))
                .toList();
    }
}
