package io.vireo.control.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Epoll;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.node.capture.CaptureBoard;
import io.vireo.control.node.capture.TraceBoard;
import io.vireo.control.node.events.Events;
import io.vireo.control.node.host.HostLinks;
import io.vireo.control.node.mirror.VirtualRouters;
import io.vireo.control.node.pump.TapPump;
import org.junit.jupiter.api.Test;

class PortWatchTest {
    /** Epoll reports what nobody has read again and again, at once: the agent took a whole processor until it programmed. */
    @Test
    void shouldTakeInWhatTheHostReportsWhileNoDataPlaneIsProgrammed() {
        Events events = new Events(event -> {});
        try (TestNamespace test = new TestNamespace();
                Epoll epoll = new Epoll("test");
                HostLinks hosts = test.namespace().call(HostLinks::open)) {
            VirtualRouters routers = new VirtualRouters(epoll, 1, events, 0);
            PortWatch watch =
                    new PortWatch(new TapPump(new TraceBoard(), new CaptureBoard()), events, routers, hosts, 0);
            epoll.add(hosts.descriptor(), 1);
            test.run("ip link add sz0 type veth peer name sz1");
            assertThat(epoll.await(1_000_000_000, token -> {})).isOne();
            watch.hear();
            assertThat(epoll.await(0, token -> {})).isZero();
            assertThat(hosts.find("sz0")).isNotNull();
        }
    }
}
