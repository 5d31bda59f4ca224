package io.vireo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThreadScheduleTest {
    @Test
    void shouldReadRunningAndWaitingTime() {
        assertThat(ThreadSchedule.parse("20480403361 473024850 5180292\n"))
                .isEqualTo(new ThreadSchedule(20_480_403_361L, 473_024_850L));
    }

    @Test
    void shouldSeeThisThreadRun() throws Exception {
        Path thread = Path.of("/proc/thread-self");
        long beforeNs = ThreadSchedule.of(thread).cpuNs();
        long sum = 0;
        while (ThreadSchedule.of(thread).cpuNs() == beforeNs && sum < 100_000) {
            sum++;
        }
        assertThat(ThreadSchedule.of(thread).cpuNs()).isGreaterThan(beforeNs);
    }
}
