package io.vireo.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A case in which not what it says would happen. */
@State(Scope.Thread)
public class ThrowingBenchmark {
    @Setup
    public void look() {
        Expect.count("packets that passed", 64, 63);
    }

    @Benchmark
    public int pass() {
        return 64;
    }
}
