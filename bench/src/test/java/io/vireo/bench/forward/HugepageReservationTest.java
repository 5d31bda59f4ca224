package io.vireo.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files stand for the kernel's: what is written to one is not followed by the other. */
class HugepageReservationTest {
    @TempDir
    Path directory;

    @BeforeEach
    void reserveThree() throws IOException {
        Files.writeString(directory.resolve("nr_hugepages"), "3\n");
        Files.writeString(directory.resolve("free_hugepages"), "2\n");
    }

    @Test
    void shouldLeaveEnoughAsTheyAre() throws IOException {
        try (HugepageReservation _ = HugepageReservation.reserve(2, directory)) {
            assertThat(reserved()).isEqualTo("3\n");
        }
        assertThat(reserved()).isEqualTo("3\n");
    }

    @Test
    void shouldNotUndoWhatOthersReservedMeanwhile() throws IOException {
        try (HugepageReservation _ = HugepageReservation.reserve(2, directory)) {
            Files.writeString(directory.resolve("nr_hugepages"), "9");
        }
        assertThat(reserved()).isEqualTo("9");
    }

    @Test
    void shouldGiveBackWhatItReservedWhenTheKernelHasTooFew() throws IOException {
        assertThatThrownBy(() -> HugepageReservation.reserve(10, directory))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageStartingWith("--hugepages: the kernel has room for 2 of 10 hugepages");
        assertThat(reserved()).isEqualTo("3");
    }

    private String reserved() throws IOException {
        return Files.readString(directory.resolve("nr_hugepages"));
    }
}
