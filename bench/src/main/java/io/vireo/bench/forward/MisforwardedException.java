package io.vireo.bench.forward;

/** Packets were lost or took a wrong way: there is no rate to print. */
final class MisforwardedException extends RuntimeException {
    MisforwardedException(String message) {
        super(message);
    }
}
