package io.vireo.bench.micro.table;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.path.exception.PuntPolicer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The limit on what a virtual router's packets may ask of the control plane. */
@State(Scope.Thread)
public class PuntPolicerBenchmark {
    private static final int ADMITTED = 0;
    private static final int REFUSED = 1;
    private static final int PACKETS_PER_SECOND = 1000;
    private static final long INTERVAL_NS = 1_000_000;

    private final PuntPolicer policer = new PuntPolicer(2);
    private long nowNs;

    /** One router's packets come as slowly as they may, another's are forbidden. */
    @Setup
    public void limit() {
        MeasuredThread.begin();
        policer.limit(ADMITTED, PACKETS_PER_SECOND, 1);
        policer.limit(REFUSED, 0, 1);
        Expect.count("admitted", 2, (admit() ? 1 : 0) + (admit() ? 1 : 0));
        Expect.count("admitted of a forbidden router", 0, refuse() ? 1 : 0);
    }

    @Benchmark
    public boolean admit() {
        nowNs += INTERVAL_NS;
        return policer.conforms(ADMITTED, nowNs);
    }

    @Benchmark
    public boolean refuse() {
        return policer.conforms(REFUSED, nowNs);
    }
}
