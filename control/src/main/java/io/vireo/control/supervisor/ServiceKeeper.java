package io.vireo.control.supervisor;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one service running: starts it, waits for its death, starts it again. Adopts what a dead supervisor left
 * running, so that forwarding goes on through the supervisor's own death.
 *
 * <p>Nothing but {@link #stop} and an interrupt ends the keeping: what fails is logged and tried again, with growing
 * pauses. Without a pid file or a log the service runs all the same; it prints into the supervisor's log then.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} may be called from any other.
 */
final class ServiceKeeper implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(ServiceKeeper.class.getName());

    private final Service service;
    private final RestartBackoff backoff = new RestartBackoff();
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable ProcessHandle process; // guarded by lock

    ServiceKeeper(Service service) {
        this.service = service;
    }

    /** Returns after {@link #stop}, or when its thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!stopping()) {
                long startedNs = System.nanoTime();
                String end = superviseOnce();
                if (!stopping()) {
                    awaitRestart(end, backoff.delayNs(System.nanoTime() - startedNs));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the service: asks, waits for {@code grace}, then kills. Returns when it is dead, or logs why not. */
    void stop(Duration grace) {
        synchronized (lock) {
            stopRequested.countDown();
        }
        try {
            running().ifPresent(handle -> end(handle, grace));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, service.name() + ": could not be ended", e);
        }
        try {
            service.pidFile().delete();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0}: its pid file stays: {1}", service.name(), e.toString());
        }
    }

    /**
     * One life of the service, and how it ended. Whatever fails is such an end, for nobody would start the service again
     * after this thread: errors too, since a machine out of threads or memory recovers.
     */
    private String superviseOnce() throws InterruptedException {
        try {
            Optional<ProcessHandle> left = running();
            return left.isPresent() ? adoptAndAwaitExit(left.get()) : startAndAwaitExit();
        } catch (IOException | ExecutionException e) {
            return "could not be kept: " + e;
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, service.name() + ": unexpected failure of its keeper", e);
            return "could not be kept: " + e;
        }
    }

    /** The service's process, ours or one that a dead supervisor left. */
    private Optional<ProcessHandle> running() {
        synchronized (lock) {
            // A damaged pid file that names this JVM must not have it end itself.
            return Optional.ofNullable(process)
                    .filter(ProcessHandle::isAlive)
                    .or(() -> service.pidFile().read())
                    .filter(handle -> handle.pid() != ProcessHandle.current().pid());
        }
    }

    private String adoptAndAwaitExit(ProcessHandle left) throws InterruptedException, ExecutionException {
        LOGGER.log(Level.INFO, "{0}: adopting pid {1}", service.name(), Long.toString(left.pid()));
        synchronized (lock) {
            process = left;
        }
        left.onExit().get();
        return "ended (adopted: its status is unknown)";
    }

    private String startAndAwaitExit() throws IOException, InterruptedException {
        Process started;
        synchronized (lock) {
            if (stopping()) {
                return "was not started";
            }
            started = start();
            process = started.toHandle();
        }
        LOGGER.log(Level.INFO, "{0}: started pid {1}", service.name(), Long.toString(started.pid()));
        int status = awaitExit(started);
        // Java reports a death by signal N as the status 128 + N, as a shell does.
        return status > 128 ? "was killed by signal " + (status - 128) : "ended with status " + status;
    }

    private int awaitExit(Process started) throws InterruptedException {
        PidFileWriter name = new PidFileWriter(service.pidFile(), started.toHandle());
        while (!namedOrStopping(name)) {
            if (started.waitFor(name.pauseNs(), TimeUnit.NANOSECONDS)) {
                return started.exitValue();
            }
        }
        return started.waitFor();
    }

    private boolean namedOrStopping(PidFileWriter name) {
        synchronized (lock) { // so that no file appears after stop has removed it
            return stopping() || name.attempt();
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(service.command())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(LogFiles.openForStart(service.log(), ProcessBuilder.Redirect.INHERIT))
                .start();
    }

    private void awaitRestart(String end, long delayNs) throws InterruptedException {
        LOGGER.log(
                Level.WARNING,
                "{0} {1}; starting it again in {2} ms; its log: {3}",
                service.name(),
                end,
                Long.toString(TimeUnit.NANOSECONDS.toMillis(delayNs)),
                service.log());
        // Also ends, with nothing left to do, when stop is requested meanwhile.
        boolean stopped = stopRequested.await(delayNs, TimeUnit.NANOSECONDS);
        if (stopped) {
            LOGGER.log(Level.INFO, "{0}: not started again, a stop was requested", service.name());
        }
    }

    private boolean stopping() {
        return stopRequested.getCount() == 0;
    }

    private static void end(ProcessHandle handle, Duration grace) {
        handle.destroy();
        try {
            handle.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            handle.destroyForcibly();
            handle.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("pid " + handle.pid() + " cannot be awaited", e);
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
