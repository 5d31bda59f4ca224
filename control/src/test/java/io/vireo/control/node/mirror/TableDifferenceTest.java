package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.netlink.NextHop;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RouteType;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What differs between two tables, found by what is the same in both, against a comparison prefix by prefix. */
class TableDifferenceTest {
    private static final int PREFIXES = 300;

    private final Random random = new Random(11);

    @Test
    void shouldFindWhatAComparisonOfEachPrefixFinds() {
        for (int round = 0; round < 50; round++) {
            Map<IpPrefix, RouteCandidates> before = routes();
            Map<IpPrefix, RouteCandidates> after = new HashMap<>(before);
            for (IpPrefix prefix : List.copyOf(before.keySet())) {
                switch (random.nextInt(10)) {
                    case 0 -> after.remove(prefix);
                    case 1 -> after.put(prefix, candidates());
                    case 2 -> after.put(prefix(), candidates());
                    default -> {}
                }
            }

            Map<IpPrefix, List<RouteCandidates>> found = new HashMap<>();
            table(before).forEachDifference(table(after), (prefix, old, fresh) -> {
                assertThat(found.put(prefix, List.of(old, fresh))).isNull();
            });

            Map<IpPrefix, List<RouteCandidates>> expected = new HashMap<>();
            List<IpPrefix> all = new ArrayList<>(before.keySet());
            all.addAll(after.keySet());
            for (IpPrefix prefix : all) {
                RouteCandidates old = before.getOrDefault(prefix, RouteCandidates.NONE);
                RouteCandidates fresh = after.getOrDefault(prefix, RouteCandidates.NONE);
                if (!old.routes().equals(fresh.routes())) {
                    expected.put(prefix, List.of(old, fresh));
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void shouldFindNothingInAnEqualTable() {
        Map<IpPrefix, RouteCandidates> routes = routes();

        table(routes).forEachDifference(table(routes), (prefix, before, after) -> {
            throw new AssertionError(prefix.toString());
        });
    }

    @Test
    void shouldGoThroughTheTableInTheOrderOfItsPrefixes() {
        KernelRouteTable table = table(routes());
        List<IpPrefix> seen = new ArrayList<>();

        table.forEach((prefix, candidates) -> {
            assertThat(candidates).isEqualTo(table.get(prefix));
            seen.add(prefix);
        });

        assertThat(seen).hasSize(table.size()).isSorted();
    }

    private static KernelRouteTable table(Map<IpPrefix, RouteCandidates> routes) {
        KernelRouteTable table = new KernelRouteTable();
        routes.forEach(table::put);
        return table;
    }

    private Map<IpPrefix, RouteCandidates> routes() {
        Map<IpPrefix, RouteCandidates> routes = new HashMap<>();
        for (int i = 0; i < PREFIXES; i++) {
            routes.put(prefix(), candidates());
        }
        return routes;
    }

    private IpPrefix prefix() {
        return random.nextBoolean()
                ? IpPrefix.containing(IpAddress.ofIpv4(random.nextInt()), random.nextInt(33))
                : IpPrefix.containing(IpAddress.ofIpv6(random.nextLong(), random.nextLong()), random.nextInt(129));
    }

    private RouteCandidates candidates() {
        List<NextHop> nextHops = List.of(new NextHop(1 + random.nextInt(3), null, 1, 0, 0));
        IpPrefix anything = IpPrefix.containing(new IpAddress(AddressFamily.IPV4, 0, 0), 0);
        return RouteCandidates.of(
                KernelRoute.of(RouteMessage.of(anything, RouteType.UNICAST, 3, random.nextInt(2), nextHops)));
    }
}
