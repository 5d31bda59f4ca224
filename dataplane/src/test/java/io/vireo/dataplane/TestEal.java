package io.vireo.dataplane;

import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;

/** The one EAL of a test JVM, started when first needed. */
public final class TestEal {
    private static final Eal EAL = Eal.start(new EalContext().memoryMegabytes(96));

    private TestEal() {}

    public static Eal get() {
        return EAL;
    }
}
