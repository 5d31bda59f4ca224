package io.vireo.dataplane;

import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A data plane in a JVM of its own, without a collector, as it runs in the field; and control's end of its shared memory. */
final class DataplaneJvm implements AutoCloseable {
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_MS = 1;

    final Path directory;
    final Process process;
    final SharedMemory memory;
    final DataplaneProxy proxy;
    final RecordedEvents events = new RecordedEvents();
    private final EventAdapter adapter;

    private DataplaneJvm(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        memory = map(directory, process);
        proxy = new DataplaneProxy(memory, TimeUnit.SECONDS.toNanos(5));
        adapter = new EventAdapter(memory, events);
    }

    static DataplaneJvm start(Path directory, String... settings) throws IOException {
        return new DataplaneJvm(directory, command(directory, settings).start());
    }

    private static ProcessBuilder command(Path directory, String... settings) {
        List<String> arguments = new ArrayList<>(
                List.of("vireo.node.dir=" + directory, "vireo.memory.mb=64", "vireo.mbufs=8191", "vireo.warmup.ms=50"));
        arguments.addAll(List.of(settings));
        return java(DataplaneMain.class, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("dataplane.log").toFile());
    }

    /** A JVM without a collector, with the flags the data plane runs with. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xms256m",
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dagrona.disable.bounds.checks=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static SharedMemory map(Path directory, Process process) {
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (true) {
            try {
                return SharedMemory.map(directory.resolve("dataplane.shm"));
            } catch (SharedMemoryException e) {
                if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
                    throw new AssertionError("the data plane did not start: " + log(directory), e);
                }
                pause();
            }
        }
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("dataplane.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    String log() {
        return log(directory);
    }

    /** Waits until all commands so far are carried out and visible; fails if one of them was refused. */
    void settle() {
        long correlationId = proxy.nextCorrelationId();
        proxy.barrier(correlationId);
        await("barrier", () -> events.results.containsKey(correlationId));
        if (!events.refusals.isEmpty()) {
            throw new AssertionError("refused: " + events.refusals);
        }
    }

    /** Polls events until something has happened. */
    void await(String what, BooleanSupplier happened) {
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0 || !process.isAlive()) {
                throw new AssertionError("waited in vain for " + what + "; log: " + log());
            }
            if (adapter.poll(100) == 0) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops it as the supervisor does, and returns its exit code. */
    int stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not stop: " + log());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        memory.close();
    }
}
