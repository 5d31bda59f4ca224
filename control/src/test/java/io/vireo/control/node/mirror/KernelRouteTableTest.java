package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelRouteTableTest {
    @Test
    void shouldBeAMapFromPrefixesToCandidates() {
        SplittableRandom random = new SplittableRandom(1812);
        KernelRouteTable table = new KernelRouteTable();
        Map<IpPrefix, RouteCandidates> oracle = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            IpPrefix prefix = random.nextInt(4) == 0 ? ipv6(random) : ipv4(random);
            if (random.nextInt(3) == 0) {
                table.put(prefix, RouteCandidates.NONE);
                oracle.remove(prefix);
            } else {
                RouteCandidates candidates = candidates(random.nextInt(20), 0);
                table.put(prefix, candidates);
                oracle.put(prefix, candidates);
            }
            assertThat(table.get(prefix)).isEqualTo(oracle.getOrDefault(prefix, RouteCandidates.NONE));
        }
        Map<IpPrefix, RouteCandidates> all = new HashMap<>();
        table.forEach(all::put);
        assertThat(all).isEqualTo(oracle);
        assertThat(table.size()).isEqualTo(oracle.size());
        assertThat(table.size(AddressFamily.IPV4) + table.size(AddressFamily.IPV6))
                .isEqualTo(oracle.size());
    }

    @Test
    void shouldKeepOneObjectForManyPrefixes() {
        KernelRouteTable table = new KernelRouteTable();
        IpPrefix one = IpPrefix.parse("10.0.0.0/8");
        IpPrefix other = IpPrefix.parse("0.0.0.0/0");
        table.put(one, candidates(1, 0));
        table.put(other, candidates(1, 0));
        assertThat(table.get(one)).isSameAs(table.get(other));
    }

    @Test
    void shouldKnowWhichNextHopObjectsAreUsed() {
        KernelRouteTable table = new KernelRouteTable();
        table.put(IpPrefix.parse("10.0.0.0/8"), candidates(1, 42));
        assertThat(table.uses(42)).isTrue();
        assertThat(table.uses(43)).isFalse();
    }

    private static IpPrefix ipv4(SplittableRandom random) {
        return IpPrefix.containing(IpAddress.ofIpv4(random.nextInt(4_000) << 16 | 0x80000000), random.nextInt(33));
    }

    private static IpPrefix ipv6(SplittableRandom random) {
        return IpPrefix.containing(
                IpAddress.ofIpv6(0x20010db800000000L | random.nextInt(2_000), random.nextInt(3)), random.nextInt(129));
    }

    private static RouteCandidates candidates(int ifindex, int nextHopId) {
        KernelRoute route = new KernelRoute(
                RouteMessage.TABLE_MAIN,
                RouteType.UNICAST,
                0,
                20,
                List.of(NextHop.of(ifindex, IpAddress.ofIpv4(0x0a000001))),
                nextHopId,
                4,
                null,
                false,
                0,
                0);
        return new RouteCandidates(List.of(route));
    }
}
