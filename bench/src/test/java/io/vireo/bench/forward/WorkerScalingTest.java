package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkerScalingTest {
    private static SortedSet<Integer> cpus(Integer... cpus) {
        return new TreeSet<>(List.of(cpus));
    }

    private static WorkerScaling crews(SortedSet<Integer> online) {
        return WorkerScaling.of(FrameSizes.of(64), online.last(), online, 16, Pages.ORDINARY, Path.of("x"));
    }

    @Test
    void shouldLeaveTheConductorACpuWhileThereIsOne() {
        assertThat(Cpus.of(1, 1, cpus(0, 1))).isEqualTo(new Cpus(List.of(1), 0));
        assertThat(Cpus.of(0, 1, cpus(0, 1))).isEqualTo(new Cpus(List.of(0), 1));
        assertThat(Cpus.of(1, 3, cpus(0, 1, 2, 3))).isEqualTo(new Cpus(List.of(1, 3, 2), 0));
        assertThat(Cpus.of(1, 2, cpus(0, 1))).isEqualTo(new Cpus(List.of(1, 0), 0));
    }

    @Test
    void shouldRefuseMoreWorkersThanCpus() {
        assertThatThrownBy(() -> Cpus.of(0, 3, cpus(0, 1))).hasMessage("workers: 3 is not in 1..2");
    }

    @Test
    void shouldHaveAsManyWorkersAsTheMachineCanShow() {
        assertThat(WorkerScaling.counts(1)).containsExactly(1);
        assertThat(WorkerScaling.counts(2)).containsExactly(1, 2);
        assertThat(WorkerScaling.counts(3)).containsExactly(1, 2);
        assertThat(WorkerScaling.counts(4)).containsExactly(1, 2, 3);
        assertThat(WorkerScaling.counts(8)).containsExactly(1, 2, 4, 7);
    }

    @Test
    void shouldGiveEachWorkerAPortWithItsOwnFlows() {
        Workload workload = crews(cpus(0, 1)).crews().getLast().workload();
        assertThat(workload.topology().ports()).isEqualTo(2);
        for (int port = 0; port < 2; port++) {
            assertThat(workload.frames(port, FrameSizes.of(64))).hasSize(16);
        }
    }

    @Test
    void shouldSayThatWorkersShareACpu() {
        assertThat(crews(cpus(0, 1)).condition()).startsWith("2 workers: this machine has too few CPUs");
        assertThat(crews(cpus(0, 1, 2)).condition()).startsWith("each has a CPU");
    }
}
