package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Problem;
import io.vireo.control.model.document.yaml.ReadingGuard;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has documents read by a few platform threads of its own, so that whatever they are they take a part of the processors and of
 * the heap at most, and none of the virtual threads' carriers, by which everybody else is answered. A reading ends when its
 * time is over or its caller gone. Thread-safe.
 */
final class ReadingLane {
    /** Far more than people who change a configuration at the same time; their documents lie in the heap. */
    static final int MAX_WAITING = 32;

    /** How often a caller is asked whether it is still there. */
    private static final long POLL_MS = 100;

    private static final long IDLE_SECONDS = 10;

    private final DocumentReader reader;
    private final LongSupplier nanoClock;
    private final ThreadPoolExecutor executor;

    /**
     * A lane whose threads are there while there is something to read.
     *
     * @param name      of the threads.
     * @param threads   how many documents are read at once.
     * @param nanoClock time in ns that only its differences have a meaning of, as {@link System#nanoTime()}.
     */
    ReadingLane(String name, int threads, DocumentReader reader, LongSupplier nanoClock) {
        this.reader = reader;
        this.nanoClock = nanoClock;
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name(name).factory());
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads a document and waits for the outcome.
     *
     * @throws InvalidConfigurationException with everything that is wrong with it, or because its time was over.
     * @throws CallerGoneException           when the caller has gone meanwhile.
     * @throws TooManyDocumentsException     when too many wait already.
     */
    Configuration read(String document, Caller caller) throws InvalidConfigurationException {
        Reading reading = new Reading(document);
        FutureTask<Configuration> task = new FutureTask<>(reading::run);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            throw new TooManyDocumentsException(MAX_WAITING);
        }
        try {
            @Nullable Configuration configuration = null;
            while (configuration == null) {
                configuration = outcome(task, caller);
            }
            return configuration;
        } finally {
            // Without effect on one that has ended.
            reading.givenUp = true;
            executor.remove(task);
        }
    }

    /** The outcome, or null when there is none yet and the caller still waits for it. */
    private static @Nullable Configuration outcome(FutureTask<Configuration> task, Caller caller)
            throws InvalidConfigurationException {
        try {
            return task.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (caller.isGone()) {
                throw new CallerGoneException();
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallerGoneException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InvalidConfigurationException invalid -> throw invalid;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** One document on its way. */
    private final class Reading implements ReadingGuard {
        private final String document;
        private long beginNs;
        private volatile boolean givenUp;

        Reading(String document) {
            this.document = document;
        }

        Configuration run() throws InvalidConfigurationException {
            beginNs = nanoClock.getAsLong();
            try {
                check();
                return reader.read(document, this);
            } catch (TimeOverException e) {
                throw new InvalidConfigurationException(List.of(Problem.at(
                        "",
                        "the document takes longer than "
                                + TimeUnit.NANOSECONDS.toSeconds(Limits.MAX_READING_NS)
                                + " s to read and check, which is as long as one may")));
            }
        }

        @Override
        public void check() {
            if (givenUp) {
                throw new CallerGoneException();
            }
            if (nanoClock.getAsLong() - beginNs > Limits.MAX_READING_NS) {
                throw new TimeOverException();
            }
        }
    }

    private static final class TimeOverException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
