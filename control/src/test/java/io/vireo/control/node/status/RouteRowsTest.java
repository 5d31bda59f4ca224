package io.vireo.control.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TableQuery;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteRowsTest {
    private static final List<String> ROUTES = List.of(
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.0/24",
            "10.1.2.3/32",
            "11.0.0.0/8",
            "200.0.0.0/8",
            "::/0",
            "2001:db8::/32",
            "2001:db8:1::/48",
            "fd00::/8");

    @Test
    void shouldGiveAllRoutesInTheOrderOfTheirPrefixes() {
        assertThat(asked(null, Long.MAX_VALUE)).isEqualTo(ROUTES);
    }

    /** As `show ip route PREFIX longer-prefixes` of other routers. */
    @Test
    void shouldGiveWhatLiesWithinAPrefixAndThePrefixItself() {
        assertThat(asked("10.0.0.0/8", Long.MAX_VALUE))
                .containsExactly("10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.3/32");
        assertThat(asked("10.1.0.0/17", Long.MAX_VALUE)).containsExactly("10.1.2.0/24", "10.1.2.3/32");
        assertThat(asked("2001:db8::/32", Long.MAX_VALUE)).containsExactly("2001:db8::/32", "2001:db8:1::/48");
        assertThat(asked("::/0", Long.MAX_VALUE)).hasSize(4);
        assertThat(asked("0.0.0.0/0", Long.MAX_VALUE)).hasSize(7);
        assertThat(asked("12.0.0.0/8", Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldGiveTheLongestMatchOfAnAddress() {
        assertThat(asked("10.1.2.3", Long.MAX_VALUE)).containsExactly("10.1.2.3/32");
        assertThat(asked("10.1.2.4", Long.MAX_VALUE)).containsExactly("10.1.2.0/24");
        assertThat(asked("8.8.8.8", 1)).containsExactly("0.0.0.0/0");
        assertThat(asked("2001:db8:1::1", Long.MAX_VALUE)).containsExactly("2001:db8:1::/48");
    }

    @Test
    void shouldGiveTheFirstOnesAndCountTheOthers() {
        for (int limit = 1; limit <= ROUTES.size() + 1; limit++) {
            TablePart<String> part = part(null, limit);
            assertThat(part.rows()).containsExactlyElementsOf(ROUTES.subList(0, Math.min(limit, ROUTES.size())));
            assertThat(part.count()).isEqualTo(ROUTES.size());
        }
        assertThat(part("10.0.0.0/8", 2).rows()).containsExactly("10.0.0.0/8", "10.1.0.0/16");
        assertThat(part("10.0.0.0/8", 2).count()).isEqualTo(4);
        assertThat(part("10.1.2.3", 5).count()).isEqualTo(1);
    }

    private static List<String> asked(@Nullable String destination, long limit) {
        List<String> rows = new ArrayList<>();
        part(destination, limit).rows().forEach(rows::add);
        return rows;
    }

    private static TablePart<String> part(@Nullable String destination, long limit) {
        RouteRows rows = new RouteRows(TableQuery.of(destination, limit));
        List<String> mixed = new ArrayList<>(ROUTES);
        Collections.shuffle(mixed, new Random(7));
        mixed.forEach(prefix -> rows.add(IpPrefix.parse(prefix), ForwardingRoute.of(RouteKind.BLACKHOLE)));
        return rows.part((prefix, route) -> prefix.toString());
    }
}
