package io.vireo.bench.tables;

import io.vireo.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Loads all routes into a new table, in random order, several times. */
final class RouteLoading {
    private RouteLoading() {}

    /** Fills a table. */
    static <C extends TableContender<?>> C filled(C table, int routes) {
        for (int route : InternetTable.shuffled(routes)) {
            table.add(route);
        }
        return table;
    }

    /** Millions of routes per second of CPU time; the first load warms up and does not count. */
    static Samples rates(Supplier<? extends TableContender<?>> maker, int routes, int rounds) {
        int[] order = InternetTable.shuffled(routes);
        List<Double> rates = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            try (TableContender<?> table = maker.get()) {
                long startNs = CpuClock.nowNs();
                for (int route : order) {
                    table.add(route);
                }
                if (round > 0) {
                    rates.add(CpuClock.megaSince(startNs, routes));
                }
            }
        }
        return new Samples(rates);
    }
}
