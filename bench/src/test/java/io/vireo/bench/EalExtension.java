package io.vireo.bench;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** DPDK, started once for all tests of the module. */
public final class EalExtension implements BeforeAllCallback {
    private static final int MEMORY_MEGABYTES = 1024;

    /** Its start is the class's initialisation, which the JVM does once. */
    private static final class Started {
        static final Eal EAL = Eal.start(new EalContext().memoryMegabytes(MEMORY_MEGABYTES));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Started.EAL == null) {
            throw new IllegalStateException("DPDK did not start");
        }
    }
}
