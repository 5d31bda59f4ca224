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

    @Test
    void shouldRefuseCpusThatNoMachineHas() {
        assertThat(CpuList.parse("8191")).containsExactly(8_191);
        assertThatThrownBy(() -> CpuList.parse("0-2147483647")).hasMessageContaining("not a range of CPUs");
        assertThatThrownBy(() -> CpuList.parse("3-1")).hasMessageContaining("not a range of CPUs");
        assertThatThrownBy(() -> CpuList.parse("8192")).hasMessageContaining("not a range of CPUs");
    }
}
