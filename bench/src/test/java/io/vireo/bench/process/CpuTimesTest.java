package io.vireo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CpuTimesTest {
    private static final List<String> STAT = List.of(
            "cpu  2271502 1261678 277098 1391531 3418 0 16305 4209 0 0",
            "cpu0 1058505 613858 134019 794513 1050 0 7450 2054 0 0",
            "cpu1 1212996 647820 143078 597017 2368 0 8855 2155 0 0",
            "intr 7 0");

    @Test
    void shouldReadEachCpusOwn() {
        assertThat(CpuTimes.of(STAT).stolenMs(0)).isEqualTo(20_540);
        assertThat(CpuTimes.of(STAT).stolenMs(1)).isEqualTo(21_550);
    }

    @Test
    void shouldReadWhatAllCpusLost() {
        assertThat(CpuTimes.of(STAT).stolenMs()).isEqualTo(42_090);
    }

    @Test
    void shouldReadWhatEachCpuHasCounted() {
        assertThat(CpuTimes.of(STAT).countedTicks()).isEqualTo(Map.of("cpu0", 2_611_449L, "cpu1", 2_614_289L));
    }

    @Test
    void shouldRefuseACpuThatIsNotThere() {
        assertThatThrownBy(() -> CpuTimes.of(STAT).stolenMs(2)).hasMessageContaining("does not know cpu2");
    }

    @Test
    void shouldFindThisMachines() throws Exception {
        assertThat(CpuTimes.now().stolenMs(0)).isNotNegative();
    }
}
