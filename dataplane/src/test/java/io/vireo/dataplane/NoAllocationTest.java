package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing on a worker or the conductor allocates once it runs: measured in a JVM without a collector. */
@Tag("slow")
class NoAllocationTest {
    private static final long PACKETS = 10_000_000;
    private static final long CHANGES = 100_000;

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingOverTenMillionPacketsAndAHundredThousandRouteChanges() throws Exception {
        Process probe = DataplaneJvm.java(
                        AllocationProbe.class, directory.toString(), Long.toString(PACKETS), Long.toString(CHANGES))
                .redirectErrorStream(true)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(probe.waitFor()).as(output).isZero();
        String last = output.lines()
                .filter(line -> line.startsWith("window "))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(output));
        assertThat(value(last, "packets")).as(output).isGreaterThanOrEqualTo(PACKETS);
        assertThat(value(last, "changes")).as(output).isGreaterThanOrEqualTo(CHANGES);
        assertThat(value(last, "tunnelled")).as(output).isPositive();
        assertThat(value(last, "emulated")).as(output).isPositive();
        assertThat(value(last, "worker")).as(output).isZero();
        assertThat(value(last, "conductor")).as(output).isZero();
    }

    private static long value(String line, String name) {
        List<String> words = List.of(line.split(" ", -1));
        return Long.parseLong(words.get(words.indexOf(name) + 1));
    }
}
