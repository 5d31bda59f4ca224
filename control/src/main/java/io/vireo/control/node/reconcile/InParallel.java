package io.vireo.control.node.reconcile;

import io.vireo.control.view.ApplyRefusedException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with each element of a list, a few at a time: what Linux is asked for takes system calls one after the other, and
 * adopting a thousand namespaces one by one leaves every processor but one idle.
 */
final class InParallel {
    /** The data plane's workers and the operator's daemons want processors, too. */
    private static final int MAX_THREADS = 4;

    private InParallel() {}

    /** Something with one of them that may be refused. */
    interface Action<T> {
        void perform(T each) throws ApplyRefusedException;
    }

    /**
     * Returns when all are done. After a failure nothing further is begun; of several the one of the first is thrown, as if
     * they had been done in order.
     */
    static <T> void forEach(List<T> all, Action<T> action) throws ApplyRefusedException {
        int threads = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS), all.size());
        if (threads <= 1) {
            for (T each : all) {
                action.perform(each);
            }
            return;
        }
        new Round<>(all, action).run(threads);
    }

    private static final class Round<T> {
        private final List<T> all;
        private final Action<T> action;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<@Nullable Throwable> failures;
        private volatile boolean failed;

        private Round(List<T> all, Action<T> action) {
            this.all = all;
            this.action = action;
            failures = new AtomicReferenceArray<>(all.size());
        }

        private void run(int threads) throws ApplyRefusedException {
            // Closed when all have ended: nobody may be at work in Linux when the change is undone.
            try (ExecutorService helpers = Executors.newFixedThreadPool(
                    threads - 1, Thread.ofPlatform().daemon().name("linux-", 0).factory())) {
                for (int i = 1; i < threads; i++) {
                    helpers.execute(this::work);
                }
                work();
            }
            for (int i = 0; failed && i < failures.length(); i++) {
                throwIfFailed(failures.get(i));
            }
        }

        private void work() {
            for (int i = next.getAndIncrement(); i < all.size() && !failed; i = next.getAndIncrement()) {
                try {
                    action.perform(all.get(i));
                } catch (ApplyRefusedException | RuntimeException | Error e) {
                    failures.set(i, e);
                    failed = true;
                }
            }
        }

        private static void throwIfFailed(@Nullable Throwable failure) throws ApplyRefusedException {
            switch (failure) {
                case ApplyRefusedException refused -> throw refused;
                case RuntimeException unexpected -> throw unexpected;
                case Error error -> throw error;
                case null, default -> {}
            }
        }
    }
}
