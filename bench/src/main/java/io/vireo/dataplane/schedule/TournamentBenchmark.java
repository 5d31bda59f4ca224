package io.vireo.dataplane.schedule;

import io.vireo.bench.micro.Expect;
import io.vireo.bench.micro.MeasuredThread;
import io.vireo.bench.schedule.Xorshift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The tournament of virtual times among the children of a class: the winner gets a later one. */
@State(Scope.Thread)
public class TournamentBenchmark {
    private static final int BASE = 0;
    private static final int SPAN = 1 << 20;
    private static final int BLOCK_BITS = 2;

    /** Children of one class. */
    @Param({"16", "1024", "16384"})
    public int children;

    private final Xorshift random = new Xorshift();
    private final Words finals = new Words(2);
    private Tournament tournament;
    private int order;

    /** Seats them all; who wins must never be earlier than who won before. */
    @Setup
    public void seat() {
        MeasuredThread.begin();
        tournament = new Tournament(2 * children);
        order = Integer.numberOfTrailingZeros(children) - BLOCK_BITS;
        tournament.clear(BASE, order, 0);
        for (int seat = 0; seat < children; seat++) {
            tournament.play(BASE, order, seat, random.below(SPAN), seat, finals.address());
        }
        int earlier = 0;
        for (int i = 0; i < children; i++) {
            long before = Words.get(finals.address());
            playWinner();
            earlier += Words.get(finals.address()) < before ? 1 : 0;
        }
        Expect.count("winners out of order", 0, earlier);
    }

    @Benchmark
    public long playWinner() {
        long key = Words.get(finals.address());
        int seat = (int) Words.get(finals.address() + Long.BYTES);
        tournament.play(BASE, order, seat, key + 1 + random.below(SPAN), seat, finals.address());
        return key;
    }
}
