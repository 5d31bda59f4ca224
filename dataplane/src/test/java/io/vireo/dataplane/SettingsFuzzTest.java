package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Program arguments of the data plane. */
class SettingsFuzzTest {
    static Stream<byte[]> arguments() {
        return Stream.of(
                        "vireo.workers=2\nvireo.worker.cores=1, 2",
                        "vireo.workers=",
                        "vireo.workers=0",
                        "vireo.workers=99999999999",
                        "vireo.worker.cores=1,,2",
                        "vireo.idle=backoff",
                        "vireo.idle=BACKOFF",
                        "vireo.hugepages=yes",
                        "vireo.=",
                        "workers=2",
                        "vireo.workers")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** An argument is a value within its range, or a reason not to start. */
    @MethodSource("arguments")
    @FuzzTest
    void shouldReadOrRefuse(byte[] bytes) {
        try {
            Settings settings = new Settings(new String(bytes, StandardCharsets.UTF_8).split("\n", -1), Map.of());
            assertThat(settings.number("vireo.workers", 1, 1, 64)).isBetween(1, 64);
            assertThat(settings.numbers("vireo.worker.cores")).doesNotContainNull();
            assertThat(settings.truth("vireo.hugepages", false)).isIn(true, false);
            assertThat(IdleChoice.of("vireo.idle", settings.text("vireo.idle", "backoff")))
                    .isNotNull();
            settings.requireAllKnown();
        } catch (StartException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
