package io.vireo.bench.linerate.traffic;

/** The generator's wire has no carrier. */
public final class NotConnectedException extends RuntimeException {
    NotConnectedException(String message) {
        super(message);
    }
}
