package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpollTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldReportTheTokenOfWhatIsReadable() {
        try (Epoll epoll = new Epoll("test");
                EventFd silent = new EventFd("silent");
                EventFd signalled = new EventFd("signalled")) {
            epoll.add(silent.descriptor(), 1);
            epoll.add(signalled.descriptor(), Long.MAX_VALUE);
            signalled.signal();

            List<Long> tokens = new ArrayList<>();
            assertThat(epoll.await(5 * SECOND_NS, tokens::add)).isEqualTo(1);
            assertThat(tokens).containsExactly(Long.MAX_VALUE);
        }
    }

    @Test
    void shouldReportNothingOnceClearedOrRemoved() {
        try (Epoll epoll = new Epoll("test");
                EventFd cleared = new EventFd("cleared");
                EventFd removed = new EventFd("removed")) {
            epoll.add(cleared.descriptor(), 1);
            epoll.add(removed.descriptor(), 2);
            cleared.signal();
            removed.signal();
            cleared.clear();
            epoll.remove(removed.descriptor());

            assertThat(epoll.await(0, token -> {})).isZero();
        }
    }

    @Test
    void shouldTolerateTheRemovalOfAClosedDescriptor() {
        try (Epoll epoll = new Epoll("test")) {
            EventFd closed = new EventFd("closed");
            epoll.add(closed.descriptor(), 1);
            closed.close();
            epoll.remove(closed.descriptor());
            assertThat(epoll.await(0, token -> {})).isZero();
        }
    }
}
