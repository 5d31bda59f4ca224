package io.vireo.bench.start;

/** A program forwarded, but came to no steady rate while it was watched: on a shared machine that happens to any. */
final class UnsteadyException extends RuntimeException {
    UnsteadyException(String message) {
        super(message);
    }
}
