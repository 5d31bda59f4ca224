package io.vireo.control.network.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Does something for each of many at the same time, and waits for all of it. */
final class OnAll {
    private final Executor executor;

    OnAll(Executor executor) {
        this.executor = executor;
    }

    /** The results in the order of the items. What one of them throws is thrown once all have ended. */
    <T, R> List<R> run(List<T> items, Function<T, R> work) {
        List<CompletableFuture<R>> running = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), executor))
                .toList();
        List<R> results = new ArrayList<>();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            running.forEach(each -> results.add(each.join()));
            return results;
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }
}
