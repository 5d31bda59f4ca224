package io.vireo.bench.tables;

/** All addresses of a set, looked up once, in bursts. */
@FunctionalInterface
interface LookupRun {
    /** Addresses handed over at once. */
    int BATCH = 64;

    /** The sum of all next hops, 0 for addresses without a route: the same for every correct table. */
    long run();
}
