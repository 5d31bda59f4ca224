package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test's own thread is the owner; callers are others. */
class MailboxTest {
    private static final long FOREVER_NS = 60_000_000_000L;

    private final Mailbox mailbox = new Mailbox("owner");
    private final Epoll epoll = new Epoll("test");

    @AfterEach
    void close() {
        mailbox.close();
        epoll.close();
    }

    @Test
    void shouldRunACallOnTheOwnersThreadAndReturnItsResult() {
        epoll.add(mailbox.descriptor(), 1);
        CompletableFuture<Thread> call = CompletableFuture.supplyAsync(() -> mailbox.call(Thread::currentThread));
        epoll.await(FOREVER_NS, token -> assertThat(token).isEqualTo(1));
        mailbox.clear();
        assertThat(mailbox.doWork()).isEqualTo(1);
        assertThat(call.join()).isSameAs(Thread.currentThread());
        assertThat(mailbox.doWork()).isZero();
    }

    @Test
    void shouldThrowToTheCallerWhatTheCallThrew() {
        epoll.add(mailbox.descriptor(), 1);
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> mailbox.run(() -> {
            throw new IllegalArgumentException("reason");
        }));
        epoll.await(FOREVER_NS, token -> {});
        mailbox.doWork();
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reason");
    }

    @Test
    void shouldRefuseCallsAfterTheOwnerHasEnded() {
        mailbox.close();
        assertThatThrownBy(() -> mailbox.call(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the owner has ended");
    }
}
