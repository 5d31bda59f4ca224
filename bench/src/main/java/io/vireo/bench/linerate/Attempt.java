package io.vireo.bench.linerate;

import io.vireo.bench.report.ProgressLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at figures of a device with frames of one genome: says what is measured, and keeps what is missing and why. One
 * thread.
 */
final class Attempt {
    private final ProgressLog progress;
    private final String genome;
    private final String device;
    private final List<String> omissions = new ArrayList<>();
    private int measured;

    /** Measures something. */
    @FunctionalInterface
    interface Step<T> {
        T measure() throws IOException, InterruptedException;
    }

    /**
     * @param genome name of the frames
     * @param device name of the device
     */
    Attempt(ProgressLog progress, String genome, String device) {
        this.progress = progress;
        this.genome = genome;
        this.device = device;
    }

    /**
     * What a step measured; empty, with the reason kept, when there is no figure.
     *
     * @param figure what is missing then
     */
    <T> Optional<T> measure(String figure, Step<T> step) throws IOException, InterruptedException {
        try {
            T result = step.measure();
            measured++;
            return Optional.of(result);
        } catch (MissingFigureException e) {
            omissions.add("%s B, %s, %s: %s".formatted(genome, device, figure, e.getMessage()));
            say(figure + ": NOT MEASURED, " + e.getMessage());
            return Optional.empty();
        }
    }

    void say(String text) {
        progress.say("%-5s %-8s %s".formatted(genome, device, text));
    }

    /** How many steps measured something. */
    int measured() {
        return measured;
    }

    /** A sentence for each figure that is missing, in order. */
    List<String> omissions() {
        return List.copyOf(omissions);
    }
}
