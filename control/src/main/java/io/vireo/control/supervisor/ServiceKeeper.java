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

    /** Returns after {@link #stop}. */
    @Override
    public void run() {
        try {
            service.pidFile().read().ifPresent(this::adopt);
            while (!stopping()) {
                long startedNs = System.nanoTime();
                String end = startAndAwaitExit();
                if (!stopping()) {
                    awaitRestart(end, backoff.delayNs(System.nanoTime() - startedNs));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the service: asks, waits for {@code grace}, then kills. Returns when it is dead. */
    void stop(Duration grace) {
        Optional<ProcessHandle> running;
        synchronized (lock) {
            stopRequested.countDown();
            running = Optional.ofNullable(process);
        }
        running.ifPresent(handle -> end(handle, grace));
        service.pidFile().delete();
    }

    private void adopt(ProcessHandle running) {
        LOGGER.log(Level.INFO, "{0}: adopting pid {1}", service.name(), Long.toString(running.pid()));
        synchronized (lock) {
            process = running;
        }
        running.onExit().join();
        LOGGER.log(Level.WARNING, "{0}: the adopted process ended", service.name());
    }

    private String startAndAwaitExit() throws InterruptedException {
        Process started;
        synchronized (lock) {
            if (stopping()) {
                return "was not started";
            }
            try {
                started = start();
            } catch (IOException e) {
                return "could not be started: " + e.getMessage();
            }
            process = started.toHandle();
        }
        service.pidFile().write(started.toHandle());
        LOGGER.log(Level.INFO, "{0}: started pid {1}", service.name(), Long.toString(started.pid()));
        int status = started.waitFor();
        // Java reports a death by signal N as the status 128 + N, as a shell does.
        return status > 128 ? "was killed by signal " + (status - 128) : "ended with status " + status;
    }

    private Process start() throws IOException {
        LogFiles.rotate(service.log());
        return new ProcessBuilder(service.command())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(service.log().toFile()))
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
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
