package io.vireo.bench.micro.table;

import java.util.Random;

/** Numbers in an order that no prefetcher foresees, handed out in batches, round and round. One thread. */
final class Shuffled {
    /** Numbers at once. */
    static final int BATCH = 64;

    private static final long SEED = 20_261_120;
    private static final int COUNT = 1 << 16;

    private final int[] numbers;
    private int at;

    /** Picks at random from 0 to bound - 1. */
    Shuffled(int bound) {
        numbers = new Random(SEED).ints(COUNT, 0, bound).toArray();
    }

    /** The index of the next batch's first number, for {@link #number}. */
    int nextBatch() {
        at = (at + BATCH) & (COUNT - 1);
        return at;
    }

    int number(int index) {
        return numbers[index];
    }
}
