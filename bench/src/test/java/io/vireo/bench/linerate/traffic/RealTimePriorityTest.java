package io.vireo.bench.linerate.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.process.ProcessThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RealTimePriorityTest {
    private static final int ORDINARY = 0;
    private static final int REAL_TIME = 1;
    private static final long TRIAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RealTimePriority ofThisThread = new RealTimePriority(List.of(SchedulingPolicy.CALLING_THREAD));

    @Test
    void shouldPrecedeOnlyWhileATrialLasts() throws Exception {
        assertThat(ofThisThread.during(TRIAL_NS, () -> policy("thread-self"))).isEqualTo(REAL_TIME);
        assertThat(policy("thread-self")).isEqualTo(ORDINARY);
    }

    @Test
    void shouldNotOutlastATrialThatFails() {
        assertThatThrownBy(() -> ofThisThread.during(TRIAL_NS, () -> {
                    throw new IllegalStateException("no wire");
                }))
                .hasMessage("no wire");
        assertThat(policy("thread-self")).isEqualTo(ORDINARY);
    }

    @Test
    void shouldTakeTheDevicesThreadAlong() throws Exception {
        CountDownLatch running = new CountDownLatch(1); // by then it has its name
        CountDownLatch done = new CountDownLatch(1);
        Thread device = Thread.ofPlatform().name("test-device").start(() -> {
            running.countDown();
            await(done);
        });
        try {
            await(running);
            int thread = ProcessThreads.find(ProcessHandle.current().pid(), "test-device");
            String stat = "self/task/" + thread;
            RealTimePriority both = new RealTimePriority(List.of(SchedulingPolicy.CALLING_THREAD, thread));
            assertThat(both.during(TRIAL_NS, () -> policy(stat))).isEqualTo(REAL_TIME);
            assertThat(policy(stat)).isEqualTo(ORDINARY);
        } finally {
            done.countDown();
            device.join();
        }
    }

    @Test
    void shouldRestForHalfOfTheTrialBefore() throws Exception {
        long trialNs = TimeUnit.MILLISECONDS.toNanos(100);
        ofThisThread.during(trialNs, () -> spin(trialNs));
        long startNs = System.nanoTime();
        long restNs = ofThisThread.during(TRIAL_NS, System::nanoTime) - startNs;
        assertThat(restNs).isGreaterThanOrEqualTo(trialNs / 2);
        startNs = System.nanoTime();
        restNs = ofThisThread.during(TRIAL_NS, System::nanoTime) - startNs;
        assertThat(restNs).isGreaterThanOrEqualTo(RealTimePriority.MIN_REST_NS);
    }

    @Test
    void shouldRefuseATrialThatLinuxWouldInterrupt() {
        assertThatThrownBy(() -> ofThisThread.during(RealTimePriority.MAX_TRIAL_NS + 1, () -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("durationNs: 600000001");
    }

    @Test
    void shouldNameAThreadThatIsNotThere() {
        assertThatThrownBy(() -> new RealTimePriority(List.of(Integer.MAX_VALUE)).during(TRIAL_NS, () -> 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread 2147483647")
                .hasMessageContaining("errno 3");
    }

    @Test
    void shouldLeaveTheMachineAsItIsForNoThreads() throws Exception {
        assertThat(RealTimePriority.NONE.during(Long.MAX_VALUE, () -> policy("thread-self")))
                .isEqualTo(ORDINARY);
    }

    /** The 41st field of proc_pid_stat(5). */
    private static int policy(String thread) {
        try {
            String stat = Files.readString(Path.of("/proc", thread, "stat"));
            String[] fromTheThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fromTheThird[41 - 3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long spin(long timeNs) {
        long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < timeNs) {
            Thread.onSpinWait();
        }
        return timeNs;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
