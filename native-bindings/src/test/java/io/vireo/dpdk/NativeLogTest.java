package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.ffi.Dpdk;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningEal.class)
class NativeLogTest {
    @Test
    void shouldCaptureWhatDpdkLogsDuringACallAndNothingElse() {
        NativeLog.Captured first = NativeLog.during(() -> probe("net_unknown_first"));
        NativeLog.Captured second = NativeLog.during(() -> probe("net_unknown_second"));
        assertThat(first.result()).isNegative();
        assertThat(first.log()).contains("net_unknown_first");
        assertThat(second.log()).contains("net_unknown_second").doesNotContain("net_unknown_first");
    }

    @Test
    void shouldCaptureNothingOfASilentCall() {
        assertThat(NativeLog.during(() -> 7).result()).isEqualTo(7);
        assertThat(NativeLog.during(() -> 7).log()).isEmpty();
    }

    @Test
    void shouldPutLinesOnOne() {
        assertThat(NativeLog.onOneLine("EAL: one  \n   EAL: two\r\nEAL: three"))
                .isEqualTo("EAL: one; EAL: two; EAL: three");
    }

    private static int probe(String device) {
        try (Arena arena = Arena.ofConfined()) {
            return Dpdk.rte_dev_probe(arena.allocateFrom(device));
        }
    }
}
