package io.vireo.bench.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.bench.process.CpuTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class StuckCpusTest {
    private static final long MS = 1_000_000;

    private final StuckCpus cpus = new StuckCpus();

    @Test
    void shouldFindTheCpuThatCountedNothing() {
        assertThat(read(0, 100, 100)).isZero();
        assertThat(read(20, 102, 102)).isZero();
        assertThat(read(40, 102, 104)).isZero();
        assertThat(read(60, 102, 106)).isZero();
        assertThat(read(80, 103, 108)).isEqualTo(60 * MS); // from 20 on
        assertThat(read(100, 105, 110)).isZero();
    }

    @Test
    void shouldCountWhateverACpuDoes() {
        for (int n = 0; n < 100; n++) {
            assertThat(cpus.read(
                            n * 20L * MS,
                            CpuTimes.of(List.of("cpu0 " + n / 2 + " 0 " + n / 3 + " " + n + " 0 0 0 " + n / 7))))
                    .isZero();
        }
    }

    @Test
    void shouldNotTakeACoarseTickForAStandstill() {
        assertThat(read(0, 1, 1)).isZero();
        assertThat(read(11, 2, 2)).isZero();
        assertThat(read(22, 2, 3)).isZero();
        assertThat(read(33, 3, 4)).isZero();
    }

    @Test
    void shouldTakeItsOwnLatenessForNoStandstill() {
        assertThat(read(0, 1, 1)).isZero();
        assertThat(read(500, 50, 51)).isZero();
    }

    private long read(long ms, long first, long second) {
        return cpus.read(
                ms * MS,
                CpuTimes.of(List.of("cpu  9 9 9", "cpu0 0 0 " + first + " 0", "cpu1 " + second + " 0 0 0", "ctxt 77")));
    }
}
