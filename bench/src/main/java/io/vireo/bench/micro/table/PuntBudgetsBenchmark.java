package io.vireo.bench.micro.table;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.path.exception.PuntBudgets;
import io.vireo.dataplane.wire.code.PuntClass;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The limit on what a virtual router's packets may ask of the control plane. */
@State(Scope.Thread)
public class PuntBudgetsBenchmark {
    private static final int CONFORMING = 0;
    private static final int REFUSED = 1;
    private static final int CLASS = PuntClass.LOCAL.code();
    private static final int PACKETS_PER_SECOND = 1000;
    private static final long INTERVAL_NS = 1_000_000;

    private final PuntBudgets budgets = new PuntBudgets(2, 1);
    private long nowNs;

    /** One router's packets come as slowly as they may, another's are forbidden. */
    @Setup
    public void limit() {
        MeasuredThread.begin();
        budgets.limit(CONFORMING, PACKETS_PER_SECOND, 1);
        budgets.limitClass(CONFORMING, CLASS, PACKETS_PER_SECOND, 1, PACKETS_PER_SECOND, 1);
        budgets.limit(REFUSED, 0, 1);
        Expect.count("conforming", 2, (police() ? 1 : 0) + (police() ? 1 : 0));
        Expect.count("conforming of a forbidden router", 0, refuse() ? 1 : 0);
    }

    @Benchmark
    public boolean police() {
        nowNs += INTERVAL_NS;
        return budgets.police(0, CONFORMING, CLASS, nowNs) <= PuntBudgets.EXCESS;
    }

    @Benchmark
    public boolean refuse() {
        return budgets.police(0, REFUSED, CLASS, nowNs) <= PuntBudgets.EXCESS;
    }
}
