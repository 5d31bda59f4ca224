package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path directory;

    @Test
    void shouldNameTheHolderToTheSecond() {
        Path path = directory.resolve("control.lock");
        try (ProcessLock lock = ProcessLock.acquire(path)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> ProcessLock.acquire(path))
                        .isInstanceOf(LockHeldException.class)
                        .hasMessage(path + " is held by process "
                                + ProcessHandle.current().pid());
            }
            assertThatNoException().isThrownBy(lock::close);
        }
    }

    @Test
    void shouldBeFreeAfterItsRelease() {
        Path path = directory.resolve("control.lock");
        ProcessLock.acquire(path).close();
        assertThatNoException().isThrownBy(() -> ProcessLock.acquire(path).close());
    }

    /** Who has opened the file before it was taken away, and locks it afterwards, has locked what nobody else sees. */
    @Test
    void shouldHaveOneHolderWhileFilesAreTakenAway() throws InterruptedException {
        Path path = directory.resolve("lab.lock");
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger violations = new AtomicInteger();
        Runnable contender = () -> {
            for (int i = 0; i < 5_000; i++) {
                try {
                    ProcessLock lock = ProcessLock.acquire(path);
                    if (holders.incrementAndGet() != 1) {
                        violations.incrementAndGet();
                    }
                    Thread.onSpinWait();
                    holders.decrementAndGet();
                    lock.closeAndDelete(path);
                } catch (LockHeldException _) {
                    Thread.onSpinWait();
                }
            }
        };
        List<Thread> contenders = Stream.generate(() -> Thread.ofPlatform().start(contender))
                .limit(4)
                .toList();
        for (Thread thread : contenders) {
            thread.join();
        }
        assertThat(violations).hasValue(0);
    }

    /** A child has its parent's descriptors until it has become another program. */
    @Test
    void shouldBeFreeAfterItsReleaseWhileChildrenAreStarted() throws InterruptedException {
        Path path = directory.resolve("control.lock");
        AtomicBoolean done = new AtomicBoolean();
        Thread forks = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                Shell.run("true");
            }
        });
        try {
            assertThatNoException().isThrownBy(() -> {
                for (int i = 0; i < 20_000; i++) {
                    ProcessLock.acquire(path).close();
                }
            });
        } finally {
            done.set(true);
            forks.join();
        }
    }

    @Test
    void shouldSayWhichFileCannotBeLocked() {
        assertThatThrownBy(() -> ProcessLock.acquire(directory.resolve("missing/control.lock")))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("missing/control.lock");
    }
}
