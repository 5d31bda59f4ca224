package io.vireo.dpdk;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts the EAL for the first test class that needs it; the classes after it share it, since a process has only one. */
final class RunningEal implements BeforeAllCallback {
    private static @Nullable Eal eal;

    @Override
    public void beforeAll(ExtensionContext context) {
        startOnce();
    }

    private static synchronized void startOnce() {
        if (eal == null) {
            eal = Eal.start(new EalContext().memoryMegabytes(128).logLevel(LogLevel.ERROR));
        }
    }
}
