package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the cases of {@code src/stress}: two threads meet at a ring or a publication a hundred thousand times each, and no
 * outcome may be seen that the case does not name and give a reason for.
 *
 * <p>Half a minute on two cores. For a long run, with C1, C2 and its randomised schedules: {@code -Dvireo.jcstress="-m tough"},
 * or any other arguments of jcstress.
 */
class ConcurrencyTest {
    private static final String ARGUMENTS = "vireo.jcstress";

    /** One JVM per case with a small heap that is not touched first: starting it is most of the time. */
    private static final List<String> SHORT =
            List.of("-f", "1", "-iters", "2", "-time", "100", "-sc", "false", "-pth", "false", "-hs", "64");

    private static final List<String> JVM_ARGUMENTS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int DEADLINE_SECONDS = 600;
    private static final int SHOWN_CHARACTERS = 20_000;

    @Test
    void shouldSeeNoForbiddenOutcome(@TempDir Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("jcstress.log");
        Process process = new ProcessBuilder(command(directory))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(log);
            String shown = output.substring(Math.max(0, output.length() - SHOWN_CHARACTERS));
            assertThat(hasEnded).as(shown).isTrue();
            assertThat(process.exitValue()).as(shown).isZero();
            assertThat(output).as(shown).contains("[OK] io.vireo.dataplane").doesNotContain("[FAILED]", "ERROR]");
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_ARGUMENTS);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main", "-r", directory.toString()));
        String asked = System.getProperty(ARGUMENTS);
        if (asked == null) {
            command.addAll(SHORT);
            command.addAll(List.of("-jvmArgs", "-XX:+UseSerialGC " + String.join(" ", JVM_ARGUMENTS)));
        } else {
            command.addAll(List.of(asked.split(" ")));
        }
        return command;
    }
}
