package io.vireo.control.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of CPUs, as the kernel and the profiles write them. */
class CpuListFuzzTest {
    static Stream<byte[]> lists() {
        return Stream.of("", "0", "0-3,8", "0-2147483647", "3-1", "-1", "1-", "0,0,0", "0-", ",", " 1\n", "99999999999")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A list names CPUs that a machine can have and is read again from its CPUs, or it is refused. */
    @MethodSource("lists")
    @FuzzTest
    void shouldReadOrRefuse(byte[] bytes) {
        Set<Integer> cpus;
        try {
            cpus = CpuList.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(cpus).allSatisfy(cpu -> assertThat(cpu).isBetween(0, CpuList.MAX_CPU));
        assertThat(CpuList.parse(cpus.stream().map(String::valueOf).collect(Collectors.joining(","))))
                .isEqualTo(cpus);
    }
}
