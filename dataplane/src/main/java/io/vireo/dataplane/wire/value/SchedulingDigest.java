package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.schedule.policy.CurveParameters;

/**
 * Digests by which control and data plane compare what a class or filter is without sending all of it. Two different ones
 * have the same by a chance of 2^-63. Stateless, no allocation.
 */
public final class SchedulingDigest {
    private static final long SEED = 1;

    private SchedulingDigest() {}

    /** Returns a digest of all fields; never 0. */
    public static long of(ClassSpec spec) {
        long digest = mix(of(of(of(SEED, spec.realTime()), spec.linkShare()), spec.upperLimit()));
        digest = mix(digest ^ spec.queuePackets()) + spec.queueBytes();
        digest = mix(digest) + spec.quotaId();
        digest = mix(digest) + spec.codelTargetNs();
        digest = mix(digest) + spec.codelIntervalNs();
        return mix(digest) | 1;
    }

    private static long of(long before, CurveParameters curve) {
        long digest = mix(before) + curve.firstRateBitsPerSecond();
        digest = mix(digest) + curve.firstSpanNs();
        return mix(digest) + curve.secondRateBitsPerSecond();
    }

    /** Returns a digest of a filter's image, {@code length} longs from {@code first}; 0 only when there are none. */
    public static long of(long[] words, int first, int length) {
        if (length == 0) {
            return 0;
        }
        long digest = SEED;
        for (int i = first; i < first + length; i++) {
            digest = mix(digest) + words[i];
        }
        return mix(digest) | 1;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a bijection that spreads every bit. */
    private static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
