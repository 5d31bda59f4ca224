package io.vireo.control.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Epoll;
import io.vireo.control.linux.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtnetlinkMonitorTest {
    private static final long TIMEOUT_NS = 5_000_000_000L;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    private final List<String> events = new ArrayList<>();
    private final RtnetlinkHandler recorder = new Recorder(events);
    private TestNamespace test;
    private RtnetlinkMonitor monitor;
    private Epoll epoll;

    @BeforeEach
    void open() {
        test = new TestNamespace();
        test.batch("""
            link add h1 type veth peer name p1
            link set p1 up
            link set h1 up
            address add 10.1.0.1/24 dev h1
            """);
        monitor = test.namespace()
                .call(() -> RtnetlinkMonitor.open(test.name(), RECEIVE_BUFFER_BYTES, new RtnetlinkMonitor.Buffer()));
        epoll = new Epoll("test");
        epoll.add(monitor.descriptor(), 1);
    }

    @AfterEach
    void close() {
        epoll.close();
        monitor.close();
        test.close();
    }

    @Test
    void shouldTellRoutesAddedReplacedAndRemoved() {
        test.batch("""
            route add 10.9.0.0/16 via 10.1.0.2
            route replace 10.9.0.0/16 via 10.1.0.3
            route del 10.9.0.0/16
            """);
        pollUntil("-route 10.9.0.0/16 10.1.0.3");
        assertThat(events)
                .containsSubsequence(
                        "+route 10.9.0.0/16 10.1.0.2", "=route 10.9.0.0/16 10.1.0.3", "-route 10.9.0.0/16 10.1.0.3");
    }

    @Test
    void shouldTellAddressesLinksAndNeighbours() {
        test.batch("""
            address add 10.2.0.1/24 dev h1
            neigh add 10.2.0.9 lladdr 02:00:00:00:00:09 dev h1
            neigh del 10.2.0.9 dev h1
            address del 10.2.0.1/24 dev h1
            link set h1 down
            link del h1
            """);
        pollUntil("-link h1");
        assertThat(events)
                .containsSubsequence(
                        "+address 10.2.0.1/24",
                        "+neighbour 10.2.0.9 true",
                        "-address 10.2.0.1/24",
                        "+link h1 false",
                        "-link h1");
    }

    @Test
    void shouldTellNextHopObjects() {
        test.batch("""
            nexthop add id 7 via 10.1.0.2 dev h1
            nexthop del id 7
            """);
        pollUntil("-nexthop 7");
        assertThat(events).containsSubsequence("+nexthop 7", "-nexthop 7");
    }

    @Test
    void shouldTellAnOverrunOnceTheKernelHadToDrop() {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            batch.append("route add 20.%d.%d.0/24 via 10.1.0.2\n".formatted(i >> 8, i & 255));
        }
        test.batch(batch.toString());

        pollUntil("overrun");

        events.clear();
        test.run("ip route add 10.9.0.0/16 via 10.1.0.2");
        pollUntil("+route 10.9.0.0/16 10.1.0.2");
        assertThat(events).contains("+route 10.9.0.0/16 10.1.0.2");
    }

    private void pollUntil(String event) {
        BooleanSupplier seen = () -> events.contains(event);
        while (!seen.getAsBoolean() && epoll.await(TIMEOUT_NS, token -> {}) > 0) {
            monitor.poll(recorder, 64);
        }
        assertThat(events.contains(event)).as(event).isTrue();
    }

    private record Recorder(List<String> events) implements RtnetlinkHandler {
        @Override
        public void onLink(LinkMessage link) {
            events.add("+link " + link.name() + " " + link.isUp());
        }

        @Override
        public void onLinkRemoved(LinkMessage link) {
            events.add("-link " + link.name());
        }

        @Override
        public void onAddress(AddressMessage address) {
            events.add("+address " + address.address());
        }

        @Override
        public void onAddressRemoved(AddressMessage address) {
            events.add("-address " + address.address());
        }

        @Override
        public void onRoute(RouteMessage route, RoutePlacement placement) {
            events.add((placement == RoutePlacement.REPLACING ? "=route " : "+route ") + text(route));
        }

        @Override
        public void onRouteRemoved(RouteMessage route) {
            events.add("-route " + text(route));
        }

        @Override
        public void onNeighbour(NeighbourMessage neighbour) {
            events.add("+neighbour " + neighbour.address() + " " + neighbour.isUsable());
        }

        @Override
        public void onNextHop(NextHopObject nextHop) {
            events.add("+nexthop " + nextHop.id());
        }

        @Override
        public void onNextHopRemoved(int nextHopId) {
            events.add("-nexthop " + nextHopId);
        }

        @Override
        public void onOverrun() {
            events.add("overrun");
        }

        private static String text(RouteMessage route) {
            return route.prefix()
                    + (route.nextHops().isEmpty()
                            ? ""
                            : " " + route.nextHops().getFirst().gateway());
        }
    }
}
