package io.vireo.dataplane;

import io.vireo.dpdk.CoreAffinity;
import java.util.concurrent.CompletableFuture;

/** Makes the threads of the data plane. */
final class Threads {
    private static final int ANYWHERE = -1;

    private Threads() {}

    /**
     * Makes a thread that is not yet started.
     *
     * @param core to run on, or -1: wherever the kernel likes.
     */
    static Thread create(Runnable work, int core, ThreadRank rank) {
        return Thread.ofPlatform().unstarted(() -> {
            pin(core);
            rank.take();
            work.run();
        });
    }

    /** Refuses a core that threads may not run on, before any of them is started. */
    static void requireUsable(int core) {
        CompletableFuture<Void> tried = new CompletableFuture<>();
        Thread attempt = Thread.ofPlatform().start(() -> {
            try {
                pin(core);
                tried.complete(null);
            } catch (RuntimeException e) {
                tried.completeExceptionally(e);
            }
        });
        try {
            attempt.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (tried.isCompletedExceptionally()) {
            throw new StartException(String.valueOf(tried.exceptionNow().getMessage()), tried.exceptionNow());
        }
    }

    private static void pin(int core) {
        if (core != ANYWHERE) {
            CoreAffinity.pin(core);
        }
    }
}
