package io.vireo.control.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.SharedMemoryNeed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedMemoryCheckTest {
    private static final long NEEDED = SharedMemoryNeed.bytes(Map.of());

    private static Finding withFree(long bytes, Map<String, String> settings) {
        return new SharedMemoryCheck(() -> bytes).run(settings);
    }

    @Test
    void shouldBeAProblemWithNeedAndRemedyWhenThereIsTooLittle() {
        Finding finding = withFree(64 << 20, Map.of());
        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.PROBLEM);
        assertThat(finding.found()).contains("64 MiB free").contains(((NEEDED + (1 << 20) - 1) >> 20) + " MiB needed");
        assertThat(finding.advice()).contains("--shm-size").contains("size=").contains("vireo.max.classes");
    }

    @Test
    void shouldChangeExactlyAtTheNeedAndTwiceTheNeed() {
        assertThat(withFree(NEEDED - 1, Map.of()).verdict()).isEqualTo(Finding.Verdict.PROBLEM);
        assertThat(withFree(NEEDED, Map.of()).verdict()).isEqualTo(Finding.Verdict.WARNING);
        assertThat(withFree(2 * NEEDED - 1, Map.of()).verdict()).isEqualTo(Finding.Verdict.WARNING);
        assertThat(withFree(2 * NEEDED, Map.of()).verdict()).isEqualTo(Finding.Verdict.OK);
    }

    /** The remedy that the advice names must be one. */
    @Test
    void shouldNeedLessWithFewerClasses() {
        assertThat(SharedMemoryNeed.bytes(Map.of("vireo.max.classes", "4096"))).isLessThan(NEEDED);
    }

    @Test
    void shouldNameAWrongSetting() {
        assertThatThrownBy(() -> withFree(1, Map.of("vireo.max.clases", "1"))).hasMessageContaining("vireo.max.clases");
        assertThatThrownBy(() -> withFree(1, Map.of("vireo.max.classes", "0")))
                .hasMessageContaining("vireo.max.classes");
    }
}
