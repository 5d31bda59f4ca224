package io.vireo.bench.micro.table;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.dataplane.tables.AddressIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The conductor's index of addresses, a hash table in native memory. */
@State(Scope.Thread)
public class AddressIndexBenchmark {
    private static final int FAMILY = 0;
    private static final long FIRST = 10L << 24;

    /** How many it holds, of one interface. */
    @Param({"1000", "100000"})
    public int addresses;

    private AddressIndex index;
    private Shuffled picks;

    /** Enters them all; a batch must be found with what was entered, and another address not. */
    @Setup
    public void enter() {
        MeasuredThread.begin();
        index = new AddressIndex(addresses);
        picks = new Shuffled(addresses);
        for (int n = 0; n < addresses; n++) {
            index.put(0, FAMILY, 0, FIRST + n, n);
        }
        int first = picks.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            int number = picks.number(first + i);
            Expect.count("value", number, index.get(0, FAMILY, 0, FIRST + number));
        }
        Expect.count("values of unknown addresses", (long) AddressIndex.ABSENT * Shuffled.BATCH, miss());
    }

    @TearDown
    public void close() {
        index.close();
    }

    @Benchmark
    @OperationsPerInvocation(Shuffled.BATCH)
    public long get() {
        return sum(FIRST);
    }

    /** Addresses that it does not hold. */
    @Benchmark
    @OperationsPerInvocation(Shuffled.BATCH)
    public long miss() {
        return sum(FIRST + addresses);
    }

    private long sum(long from) {
        long sum = 0;
        int first = picks.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            sum += index.get(0, FAMILY, 0, from + picks.number(first + i));
        }
        return sum;
    }

    /** An address goes and comes back: two changes. */
    @Benchmark
    @OperationsPerInvocation(2 * Shuffled.BATCH)
    public int removeAndPut() {
        int first = picks.nextBatch();
        for (int i = 0; i < Shuffled.BATCH; i++) {
            int number = picks.number(first + i);
            index.remove(0, FAMILY, 0, FIRST + number);
            index.put(0, FAMILY, 0, FIRST + number, number);
        }
        return index.size();
    }
}
