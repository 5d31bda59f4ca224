package io.vireo.bench.report;

/** The harness did not measure what it was to measure, packets were lost or misrouted: there is no figure to print. */
public final class NotMeasuredException extends RuntimeException {
    /** @param message what happened instead */
    public NotMeasuredException(String message) {
        super(message);
    }
}
