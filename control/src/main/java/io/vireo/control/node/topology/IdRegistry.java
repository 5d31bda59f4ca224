package io.vireo.control.node.topology;

import java.util.List;

/**
 * The numbers by which the data plane knows ports, routers, interfaces, classes and quotas. A key keeps its number across restarts of
 * everything, or a restart of control would look like a removal to the data plane. Called while a configuration is
 * applied, by one thread at a time.
 */
public interface IdRegistry {
    /** What is numbered; each kind counts for itself. */
    enum Kind {
        /** Keys like {@code p1}. */
        PORT,
        /** Keys like {@code blue/r1}. */
        ROUTER,
        /** Keys like {@code blue/r1/h1}. */
        INTERFACE,
        /** Keys like {@code blue/r1/h1} and {@code blue/r1/h1:voice}. */
        CLASS,
        /** Names of VPNs. */
        QUOTA
    }

    /**
     * The number of {@code key}: the one it has, or the smallest free one, persisted before this returns.
     *
     * @param limit the first number that is too large
     * @throws IdsExhaustedException when no number below the limit is free
     */
    int idOf(Kind kind, String key, int limit);

    /** Frees the number of a key; without effect when it has none. */
    void release(Kind kind, String key);

    /** The keys that have a number, in any order. */
    List<String> keys(Kind kind);
}
