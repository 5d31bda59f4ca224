package io.vireo.dataplane.schedule;

/** Random numbers that cost next to nothing (Marsaglia, Xorshift RNGs, 2003). One thread. */
final class Xorshift {
    private long state = 88_172_645_463_325_252L;

    /** 0 to bound - 1; the bound is a power of two. */
    int below(int bound) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) (state >>> Integer.SIZE) & (bound - 1);
    }
}
