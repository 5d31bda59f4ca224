package io.vireo.control.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CpuListTest {
    @Test
    void shouldReadRangesAndSingleCpus() {
        assertThat(CpuList.parse("0-3,8,10-11\n")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    void shouldReadTheEmptyList() {
        assertThat(CpuList.parse("\n")).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoList() {
        assertThatThrownBy(() -> CpuList.parse("0-x")).isInstanceOf(NumberFormatException.class);
    }
}
