package io.vireo.control.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real data plane in a process of its own, with the class path of the test. */
final class RunningDataplane implements AutoCloseable {
    /** How many classes it has room for at a port. */
    static final int PORT_CLASSES = 64;

    private final Path log;
    private final Process process;

    /** @param settings of the data plane, which take the place of the test's own, such as {@code vireo.mbufs=4096} */
    RunningDataplane(Path directory, String... settings) {
        log = directory.resolve("dataplane.log");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UnlockExperimentalVMOptions",
                    "-XX:+UseEpsilonGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xms256m",
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.vireo.dataplane.DataplaneMain",
                    "vireo.node=e2e",
                    "vireo.node.dir=" + directory,
                    "vireo.memory.mb=128",
                    "vireo.mbufs=8192",
                    "vireo.port.classes=" + PORT_CLASSES));
            command.addAll(List.of(settings));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
