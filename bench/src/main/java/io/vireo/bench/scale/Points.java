package io.vireo.bench.scale;

import java.util.List;

/**
 * Where the curves are measured.
 *
 * @param routes of the data plane's router; a full table comes on top
 * @param routers of the data plane
 * @param portClasses of the data plane, one for each router
 * @param sizes of frames
 * @param tableRoutes of one table, for lookups; a full table comes on top
 * @param tables of a hundred routes, for lookups
 * @param classes of the scheduler by itself
 * @param nodeRouters of a whole node, with control
 * @param nodeRoutes of a router of a whole node
 */
record Points(
        List<Integer> routes,
        List<Integer> routers,
        List<Integer> portClasses,
        List<Integer> sizes,
        List<Integer> tableRoutes,
        List<Integer> tables,
        List<Integer> classes,
        List<Integer> nodeRouters,
        List<Integer> nodeRoutes) {
    private static final List<Integer> DECADES = List.of(1, 10, 100, 1_000, 10_000, 100_000);

    static final Points ALL = new Points(
            DECADES,
            DECADES.subList(0, 5),
            DECADES.subList(0, 4),
            List.of(64, 128, 256, 512, 1024, 1280, 1518),
            DECADES,
            DECADES.subList(0, 5),
            DECADES,
            DECADES.subList(1, 4),
            List.of(10_000, 100_000, 1_000_000));

    /** Each curve's ends and what lies between them. */
    static final Points FEW = new Points(
            List.of(1, 1_000, 100_000),
            List.of(1, 100, 1_000, 10_000),
            List.of(1, 100, 1_000),
            List.of(64, 256, 512, 1518),
            DECADES,
            DECADES.subList(0, 5),
            DECADES,
            DECADES.subList(1, 3),
            DECADES.subList(4, 5));
}
