package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.bench.process.ThreadSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadSetTest {
    @Test
    void shouldFindTheThreadsOfAProcessByTheirNames() throws IOException, InterruptedException {
        CountDownLatch isRunning = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name("found").daemon().start(() -> {
            isRunning.countDown(); // by then it has its name
            await(mayEnd);
        });
        await(isRunning);
        long pid = ProcessHandle.current().pid();
        assertThat(ThreadSet.named(pid, "found").now()).hasSize(1);
        assertThat(ThreadSet.of(pid).now()).hasSizeGreaterThan(1);
        mayEnd.countDown();
        thread.join();
    }

    /** All of the machine's, whatever this process may use. */
    private static int onlineCpus() throws IOException {
        return (int) Files.readAllLines(Path.of("/proc/stat")).stream()
                .filter(line -> line.matches("cpu\\d+ .*"))
                .count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldReadHowLongPacketsWaitForTheKernelsThreads() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/2/comm"))
                && ThreadSet.name(Path.of("/proc/2")).equals("kthreadd"));
        List<Path> threads = ThreadSet.softIrqs().now();
        assertThat(threads).hasSize(onlineCpus());
        for (Path thread : threads) {
            assertThat(ThreadSet.name(thread)).startsWith("ksoftirqd/");
            assertThat(ThreadSchedule.of(thread).waitNs()).isNotNegative();
        }
    }
}
