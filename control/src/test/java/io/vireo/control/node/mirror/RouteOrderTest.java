package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from a notification; that the kernel sees it likewise is what {@code KernelDifferenceTest} shows. */
class RouteOrderTest {
    private static final RouteOrder IPV4 = RouteOrder.of(AddressFamily.IPV4);
    private static final RouteOrder IPV6 = RouteOrder.of(AddressFamily.IPV6);

    @Test
    void shouldPutRoutesOfOneMetricWhereTheKernelPutsThem() {
        RouteCandidates two = add(
                IPV4,
                add(IPV4, RouteCandidates.NONE, unicast(0, 1), RoutePlacement.ALONE),
                unicast(0, 2),
                RoutePlacement.FIRST);
        assertThat(two.routes()).containsExactly(unicast(0, 2), unicast(0, 1));
        RouteCandidates three = add(IPV4, two, unicast(0, 3), RoutePlacement.LAST);
        assertThat(three.routes()).containsExactly(unicast(0, 2), unicast(0, 1), unicast(0, 3));
        RouteCandidates replaced = add(IPV4, three, unicast(0, 4), RoutePlacement.REPLACING);
        assertThat(replaced.routes()).containsExactly(unicast(0, 4), unicast(0, 1), unicast(0, 3));
        RouteCandidates removed = IPV4.removed(replaced, unicast(0, 1)).candidates();
        assertThat(removed.routes()).containsExactly(unicast(0, 4), unicast(0, 3));
        assertThat(IPV4.eligible(removed)).containsExactly(unicast(0, 4));
    }

    @Test
    void shouldAskTheKernelWhenANotificationDoesNotFit() {
        RouteCandidates one = RouteCandidates.of(unicast(0, 1));
        assertThat(IPV4.added(RouteCandidates.NONE, unicast(0, 1), RoutePlacement.FIRST)
                        .isCertain())
                .isFalse();
        assertThat(IPV4.added(RouteCandidates.NONE, unicast(0, 1), RoutePlacement.REPLACING)
                        .isCertain())
                .isFalse();
        assertThat(IPV4.removed(one, unicast(0, 2)).isCertain()).isFalse();
        assertThat(IPV4.removed(one, unicast(7, 2)).isCertain()).isTrue();
        assertThat(IPV6.removed(one, unicast(0, 2)).isCertain()).isFalse();
    }

    @Test
    void shouldAskTheKernelWhichOfSeveralIpv6RoutesAReplacementMeant() {
        RouteCandidates two = listed(unicast(0, 1), unicast(0, 2));
        assertThat(IPV6.added(two, unicast(0, 2), RoutePlacement.REPLACING).isCertain())
                .isFalse();
        assertThat(IPV6.added(RouteCandidates.of(unicast(0, 2)), unicast(0, 2), RoutePlacement.REPLACING)
                        .isCertain())
                .isTrue();
    }

    @Test
    void shouldKnowTwoIpv6RoutesAlike() {
        RouteCandidates two = listed(unicast(0, 2), unicast(0, 2));
        assertThat(two.routes()).hasSize(2);
        assertThat(IPV6.eligible(two)).containsExactly(unicast(0, 2));
        RouteCandidates one = IPV6.removed(two, unicast(0, 2)).candidates();
        assertThat(one.routes()).containsExactly(unicast(0, 2));
    }

    private static RouteCandidates listed(KernelRoute first, KernelRoute second) {
        return add(IPV6, RouteCandidates.of(first), second, RoutePlacement.LISTED);
    }

    @Test
    void shouldTakeInANotificationThatADumpHasOvertaken() {
        RouteCandidates dumped = RouteCandidates.of(unicast(0, 1));
        assertThat(add(IPV4, dumped, unicast(0, 1), RoutePlacement.ALONE)).isEqualTo(dumped);
        assertThat(add(IPV4, dumped, unicast(0, 1), RoutePlacement.FIRST)).isEqualTo(dumped);
        assertThat(add(IPV6, dumped, unicast(0, 1), RoutePlacement.FIRST)).isEqualTo(dumped);
    }

    @Test
    void shouldPreferTheLocalTableWhateverTheMetric() {
        KernelRoute local = route(RouteMessage.TABLE_LOCAL, RouteType.LOCAL, 1_000, hops(1));
        RouteCandidates both = add(IPV4, RouteCandidates.of(unicast(0, 2)), local, RoutePlacement.ALONE);
        assertThat(IPV4.eligible(both)).containsExactly(local);
        assertThat(IPV6.eligible(both)).containsExactly(local);
    }

    @Test
    void shouldTakeAMetricForUnsigned() {
        KernelRoute last = unicast(-1, 1); // 4294967295
        RouteCandidates both = add(IPV4, RouteCandidates.of(last), unicast(5, 2), RoutePlacement.ALONE);
        assertThat(IPV4.eligible(both)).containsExactly(unicast(5, 2));
    }

    @Test
    void shouldPassOverARouteWhoseNextHopsAreAllDead() {
        KernelRoute dead =
                route(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 1, List.of(new NextHop(1, null, 1, NextHop.DEAD, 0)));
        assertThat(IPV4.eligible(RouteCandidates.of(dead))).isEmpty();
        RouteCandidates both = add(IPV4, RouteCandidates.of(dead), unicast(2, 2), RoutePlacement.ALONE);
        assertThat(IPV4.eligible(both)).containsExactly(unicast(2, 2));
        assertThat(IPV6.eligible(both)).containsExactly(unicast(2, 2));
    }

    @Test
    void shouldGrowAndShrinkAnIpv6MultipathRoute() {
        RouteCandidates two =
                add(IPV6, RouteCandidates.of(unicast(1024, 1)), unicast(1024, 1, 2), RoutePlacement.FIRST);
        assertThat(two.routes()).containsExactly(unicast(1024, 1, 2));
        RouteCandidates less = IPV6.removed(two, unicast(1024, 1)).candidates();
        assertThat(less.routes()).containsExactly(unicast(1024, 2));
        assertThat(IPV6.removed(less, unicast(1024, 2)).candidates().isEmpty()).isTrue();
    }

    @Test
    void shouldAskTheKernelForTheMtuOfANewFirstSibling() {
        RouteCandidates two = RouteCandidates.of(unicast(1024, 1, 2));
        assertThat(IPV6.removed(two, unicast(1024, 1)).isCertain()).isFalse();
        assertThat(IPV6.removed(two, unicast(1024, 2)).isCertain()).isTrue();
    }

    @Test
    void shouldReplaceAnIpv6RouteByItsLikeFirst() {
        KernelRoute onLink = route(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 1024, List.of(NextHop.of(3, null)));
        RouteCandidates both = add(IPV6, RouteCandidates.of(onLink), unicast(1024, 1, 2), RoutePlacement.FIRST);
        assertThat(add(IPV6, both, unicast(1024, 4), RoutePlacement.REPLACING).routes())
                .containsExactlyInAnyOrder(onLink, unicast(1024, 4));
        assertThat(add(IPV6, RouteCandidates.of(onLink), unicast(1024, 4), RoutePlacement.REPLACING)
                        .routes())
                .containsExactly(unicast(1024, 4));
    }

    @Test
    void shouldLeaveTheChoiceAmongEqualIpv6RoutesOpen() {
        KernelRoute one = route(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 256, List.of(NextHop.of(1, null)));
        KernelRoute other = route(RouteMessage.TABLE_MAIN, RouteType.UNICAST, 256, List.of(NextHop.of(2, null)));
        RouteCandidates both = add(IPV6, RouteCandidates.of(one), other, RoutePlacement.FIRST);
        assertThat(IPV6.eligible(both)).containsExactlyInAnyOrder(one, other);
        assertThat(IPV6.removed(both, one).candidates().routes()).containsExactly(other);
    }

    private static RouteCandidates add(
            RouteOrder order, RouteCandidates known, KernelRoute route, RoutePlacement placement) {
        RouteUpdate update = order.added(known, route, placement);
        assertThat(update.isCertain()).isTrue();
        return update.candidates();
    }

    private static KernelRoute unicast(int metric, int... ifindexes) {
        return route(RouteMessage.TABLE_MAIN, RouteType.UNICAST, metric, hops(ifindexes));
    }

    private static KernelRoute route(int table, RouteType type, int metric, List<NextHop> nextHops) {
        return new KernelRoute(table, type, 0, metric, nextHops, 0, 4, null, false, 0, 0);
    }

    private static List<NextHop> hops(int... ifindexes) {
        return Arrays.stream(ifindexes)
                .mapToObj(ifindex -> NextHop.of(ifindex, IpAddress.ofIpv4(0x0a000000 + ifindex)))
                .toList();
    }
}
