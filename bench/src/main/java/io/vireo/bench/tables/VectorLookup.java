package io.vireo.bench.tables;

import java.util.Map;

/** A table with two ways to look up: plain code, and AVX-512. */
interface VectorLookup {
    /** Its name in reports. */
    String name();

    /**
     * Looks up with AVX-512 from now on.
     *
     * @return false when this machine has none
     */
    boolean selectVectorLookup();

    /** Looks up with plain code from now on. */
    void selectScalarLookup();

    /** Enters both ways for a race; {@code run} is the table's. */
    default void enter(Map<String, LookupRun> contenders, LookupRun run) {
        contenders.put(name(), () -> {
            selectScalarLookup();
            return run.run();
        });
        if (selectVectorLookup()) {
            contenders.put(name() + " AVX-512", () -> {
                selectVectorLookup();
                return run.run();
            });
        }
    }
}
