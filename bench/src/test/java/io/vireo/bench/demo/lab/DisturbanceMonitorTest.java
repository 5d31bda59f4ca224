package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.demo.lab.Disturbance.Piece;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisturbanceMonitorTest {
    @TempDir
    private Path task;

    @Test
    void shouldReportTheThreadThatWaitedLongest() throws Exception {
        Path worker = thread("7", "worker-0", 1_000);
        Path sender = thread("8", "iperf3", 50_000);
        DisturbanceMonitor monitor = DisturbanceMonitor.start(() -> List.of(worker), () -> List.of(sender));
        thread("7", "worker-0", 91_000);
        thread("8", "iperf3", 60_000);
        Disturbance disturbance = monitor.stop();
        assertThat(disturbance.thread()).isEqualTo("worker-0");
        assertThat(disturbance.waitNs()).isEqualTo(90_000);
    }

    @Test
    void shouldCountANewThreadFromItsStartAndForgetOneThatEnded() throws Exception {
        Path old = thread("7", "worker-0", 1_000);
        Path restarted = task.resolve("9");
        DisturbanceMonitor monitor =
                DisturbanceMonitor.start(() -> Files.exists(restarted) ? List.of(old, restarted) : List.of(old));
        Files.delete(old.resolve("schedstat"));
        thread("9", "main", 4_000);
        Disturbance disturbance = monitor.stop();
        assertThat(disturbance.thread()).isEqualTo("main");
        assertThat(disturbance.waitNs()).isEqualTo(4_000);
    }

    @Test
    void shouldTellOneLongWaitFromManyShortOnes() throws Exception {
        Path worker = thread("7", "worker-0", 0);
        DisturbanceMonitor monitor = DisturbanceMonitor.start(() -> List.of(worker));
        for (int i = 1; i <= 5; i++) {
            thread("7", "worker-0", i * 10_000L);
            Thread.sleep(60); // three readings
        }
        Disturbance disturbance = monitor.stop();
        assertThat(disturbance.waitNs()).isEqualTo(50_000);
        assertThat(disturbance.pieces().stream().filter(piece -> piece.takenNs() > 0))
                .hasSizeGreaterThan(1);
        assertThat(disturbance.pieces().stream().mapToLong(Piece::takenNs).sum())
                .isEqualTo(disturbance.waitNs() + disturbance.stealNs() + disturbance.standstillNs());
    }

    @Test
    void shouldFindThreadsByTheBeginningOfTheirNames() throws Exception {
        long pid = ProcessHandle.current().pid();
        Thread thread = Thread.ofPlatform().daemon().name("watched-by-test").start(DisturbanceMonitorTest::sleep);
        while (ThreadSet.named(pid, "watched-by-").now().isEmpty()) {
            Thread.onSpinWait(); // until it has its name
        }
        assertThat(ThreadSet.of(pid).now()).hasSizeGreaterThan(1);
        thread.interrupt();
    }

    @Test
    void shouldWatchTheThreadsOfTwoSets() throws Exception {
        Path worker = thread("7", "worker-0", 1_000);
        Path machine = thread("8", "VM Thread", 1_000);
        ThreadSet both = ((ThreadSet) () -> List.of(worker)).and(() -> List.of(machine));
        DisturbanceMonitor monitor = DisturbanceMonitor.start(both);
        thread("8", "VM Thread", 3_000);
        Disturbance disturbance = monitor.stop();
        assertThat(disturbance.thread()).isEqualTo("VM Thread");
        assertThat(disturbance.waitNs()).isEqualTo(2_000);
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Path thread(String id, String name, long waitNs) throws Exception {
        Path directory = Files.createDirectories(task.resolve(id));
        Files.writeString(directory.resolve("comm"), name + "\n");
        // In one step, as the kernel's: a reader never sees half of it.
        Path next = Files.writeString(directory.resolve("next"), "5 " + waitNs + " 1\n");
        Files.move(next, directory.resolve("schedstat"), StandardCopyOption.ATOMIC_MOVE);
        return directory;
    }
}
