package io.vireo.control.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that go into network namespaces, and come back to that of the process before they do something else: one that stayed would
 * keep a namespace alive that has been deleted. There are as many as calls at once; to make one for each call cost more than most
 * calls.
 */
final class NamespaceThreads {
    private static final String OWN_NAMESPACE =
            "/proc/self/ns/net"; // of the process' first thread, which never leaves it
    private static final int O_CLOEXEC = 0x80000;
    private static final long IDLE_SECONDS = 5;

    private static final Descriptor HOME =
            new Descriptor(LibC.check("open", OWN_NAMESPACE, LibC.open(OWN_NAMESPACE, O_CLOEXEC, 0)), OWN_NAMESPACE);

    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("netns-", 0).factory());

    private NamespaceThreads() {}

    /**
     * Runs {@code action}, which goes into a namespace, and waits for it.
     *
     * @param purpose for error messages
     * @throws RuntimeException what the action threw; a checked exception is wrapped in {@link IllegalStateException}
     */
    static <T> T call(String purpose, Callable<T> action) {
        Visit<T> visit = new Visit<>(action);
        FutureTask<T> task = new FutureTask<>(visit);
        THREADS.execute(() -> {
            task.run();
            visit.endThreadUnlessHome();
        });
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while in " + purpose, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(purpose + ": " + e.getMessage(), e);
            }
        }
    }

    /** An action, and the way back; used by one thread. */
    private static final class Visit<T> implements Callable<T> {
        private final Callable<T> action;
        private int wayBack;

        private Visit(Callable<T> action) {
            this.action = action;
        }

        @Override
        public T call() throws Exception {
            try {
                return action.call();
            } finally {
                wayBack = LibC.setns(HOME.number(), NetworkNamespace.CLONE_NEWNET);
            }
        }

        /** A thread that did not find back must do nothing else: what it throws ends it, and the pool makes another. */
        private void endThreadUnlessHome() {
            LibC.check("setns", HOME.name(), wayBack);
        }
    }
}
