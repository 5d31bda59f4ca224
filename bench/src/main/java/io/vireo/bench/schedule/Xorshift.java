package io.vireo.bench.schedule;

/** Random numbers that cost next to nothing (Marsaglia, Xorshift RNGs, 2003). One thread. */
public final class Xorshift {
    private static final int SIGN_AND_LOW_BITS = 33;

    private long state = 88_172_645_463_325_252L;

    /** 64 bits, never all zero. */
    public long next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }

    /** 0 to bound - 1; the bound is a power of two. */
    public int below(int bound) {
        return (int) (next() >>> Integer.SIZE) & (bound - 1);
    }

    /** The upper bits of a number as a share of a bound: 0 to bound - 1. */
    static int scale(long random, int bound) {
        return (int) (((random >>> SIGN_AND_LOW_BITS) * bound) >>> (Integer.SIZE - 1));
    }
}
