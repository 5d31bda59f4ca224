package io.vireo.bench.linerate.device;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.process.ProcessThreads;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A C program of DPDK's. Its EAL arguments are the same for all, so that memory and ports are.
 *
 * @param name its name in reports
 * @param rewriteOf what it makes of a frame, by what it printed when it started
 * @param program path or name of the executable
 * @param lcores its {@code -l}
 * @param thread name of the thread that forwards
 * @param arguments its own, after {@code --}
 * @param wire its ports
 * @param pages where packets lie
 * @param log receives what it prints
 */
record DpdkDevice(
        String name,
        Function<String, Rewrite> rewriteOf,
        String program,
        String lcores,
        String thread,
        List<String> arguments,
        WireEnds wire,
        Pages pages,
        Path log)
        implements DeviceUnderTest {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

    /** Both programs print this when their ports are started, and then wait for a carrier before they forward. */
    private static final String STARTED = "Checking link status";

    @Override
    public RunningDevice start() throws IOException, InterruptedException {
        wire.makeRoomForDevice();
        Process process = ChildProcesses.start(command(), log);
        try {
            return new RunningProcess(process, thread, rewriteOf.apply(awaitStart(process)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            ChildProcesses.end(process);
            throw e;
        }
    }

    /** What it has printed by then. */
    private String awaitStart(Process process) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        for (String printed = ""; ; printed = Files.readString(log)) {
            if (printed.contains(STARTED)) {
                return printed;
            }
            if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                throw new NotMeasuredException(name + " did not start; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL", // so that its log can be read while it runs
                program,
                "-l",
                lcores,
                pages.ealArgument(),
                "-m",
                Integer.toString(Devices.MEMORY_MEGABYTES),
                "--no-shconf",
                "--no-telemetry"));
        command.addAll(wire.deviceArguments());
        command.add("--");
        command.addAll(arguments);
        return command;
    }

    /** Its process, which has nothing to tidy up but itself. */
    private record RunningProcess(Process process, String thread, Rewrite rewrite) implements RunningDevice {
        @Override
        public int forwardingThread() throws IOException {
            return ProcessThreads.find(process.pid(), thread);
        }

        @Override
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            ChildProcesses.end(process);
        }
    }
}
