package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations and names on the command line. */
class DurationsFuzzTest {
    static Stream<byte[]> texts() {
        return Stream.of(
                        "500ms",
                        "60s",
                        "5m",
                        "2h",
                        "999999999d",
                        "1",
                        "1x",
                        "-1s",
                        "\u0661s",
                        "icmp",
                        "256",
                        "blue/r1/h1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text is a duration that is not negative, a protocol of 8 bits, or a usage error; nothing else. */
    @MethodSource("texts")
    @FuzzTest
    void shouldReadOrExplainWrongUsage(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(Durations.parse(text).isNegative()).isFalse();
        } catch (CliException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.getMessage()).contains(text);
        }
        try {
            assertThat(PacketBuilder.Protocol.parse(text).number()).isBetween(0, 255);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }
}
