package io.vireo.bench.linerate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures that are left out of the report because the generator was late, and why. One thread. */
final class Omissions {
    private final List<String> sentences = new ArrayList<>();

    /** Measures something. */
    @FunctionalInterface
    interface Step<T> {
        T measure() throws IOException, InterruptedException;
    }

    /**
     * What a step measured; empty, with the reason kept, when the generator was late.
     *
     * @param figure what is missing then
     */
    <T> Optional<T> measure(String figure, Step<T> step) throws IOException, InterruptedException {
        try {
            return Optional.of(step.measure());
        } catch (LateGeneratorException e) {
            add(figure, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Keeps that a figure is missing, and why. */
    void add(String figure, String reason) {
        sentences.add(figure + ": " + reason);
    }

    /** A sentence for each, in order. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
