package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcFsTest {
    @Test
    void shouldFindTheCpusOfTheCallingThread() {
        assertThat(ProcFs.allowedCpus()).matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*");
    }

    @Test
    void shouldFindTheMemoryThatIsFree() {
        assertThat(ProcFs.availableMemoryMegabytes()).isPositive();
    }
}
