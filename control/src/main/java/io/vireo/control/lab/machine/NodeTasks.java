package io.vireo.control.lab.machine;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with several nodes, on as many at a time as there are CPUs: each start is the start of three JVMs, and more of them at once
 * would only be slower, each of them.
 */
final class NodeTasks {
    private NodeTasks() {}

    /**
     * Returns when all have been tried.
     *
     * @param task what is to be done with each.
     * @throws CliException naming each node with which it failed, and why.
     */
    static void forEach(List<String> nodes, Consumer<String> task) {
        int threads =
                Math.clamp(nodes.size(), 1, Math.max(2, Runtime.getRuntime().availableProcessors()));
        List<String> failures = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> started = new ArrayList<>();
            nodes.forEach(node -> started.add(workers.submit(() -> task.accept(node))));
            for (int i = 0; i < nodes.size(); i++) {
                try {
                    started.get(i).get();
                } catch (ExecutionException e) {
                    failures.add("node " + nodes.get(i) + ": " + reason(e.getCause()));
                } catch (InterruptedException e) {
                    workers.shutdownNow();
                    Thread.currentThread().interrupt();
                    throw new CliException(ExitCode.FAILED, "interrupted");
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new CliException(ExitCode.FAILED, String.join("\n", failures));
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
