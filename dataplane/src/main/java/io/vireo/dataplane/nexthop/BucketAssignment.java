package io.vireo.dataplane.nexthop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a group has which bucket. Allocates nothing after construction. Single user: the conductor.
 *
 * <p>A set of next hops that <em>follows</em> another leaves every bucket where it is that need not move (as the resilient groups
 * of Linux do, kernel's Documentation/networking/nexthop-group-resilient.rst, with no timers):
 *
 * <ul>
 *   <li>a member that goes gives up its buckets, and no other flow moves;
 *   <li>a member that comes gets its share, each bucket from whoever has most beyond its own share, and no other flow moves;
 *   <li>each member has its share by weight, rounded down or up, and one bucket at least; one that stays may have one more, if
 *       only another that stays could take it.
 * </ul>
 *
 * A set without a past gets its buckets by rendezvous hashing of who the members are (Thaler and Ravishankar, "Using name-based
 * mappings to increase hit rates", 1998), made even by the same rules: a data plane that starts anew, and a route that is removed
 * and added, send most flows the way they went.
 */
final class BucketAssignment {
    private static final int BUCKETS = NextHopGroups.BUCKETS;
    private static final int NOBODY = -1;

    /** The multiplier of SplitMix64's increment and of its mixers (Steele, Lea and Flood, OOPSLA 2014). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private static final long MIX_1 = 0xbf58_476d_1ce4_e5b9L;
    private static final long MIX_2 = 0x94d0_49bb_1331_11ebL;

    /** 2^-53: of 53 bits, a number in 0..1. */
    private static final double ULP = 0x1.0p-53;

    private final int[] owners = new int[BUCKETS];
    private final int[] held = new int[NextHopGroups.MAX_MEMBERS];
    private final boolean[] isNew = new boolean[NextHopGroups.MAX_MEMBERS];
    private final int[] adjacencies = new int[BUCKETS];
    private int[] weights = new int[0];
    private int count;
    private int total;

    /**
     * Assigns the buckets of a set without a past.
     *
     * @param members the adjacencies, 1..{@link NextHopGroups#MAX_MEMBERS}; the same one may be there twice.
     * @param memberWeights 1..255.
     * @param identities a number for who each member is, the same in every life of the data plane.
     * @return the adjacency of each bucket; valid until the next call.
     */
    int[] assign(int[] members, int[] memberWeights, long[] identities, int memberCount) {
        begin(memberWeights, memberCount);
        boolean isWeighted = total != count * memberWeights[0];
        for (int b = 0; b < BUCKETS; b++) {
            give(b, isWeighted ? weightedWinner(b, identities) : winner(b, identities));
        }
        return even(members);
    }

    /**
     * Assigns the buckets of a set that follows another.
     *
     * @param before the adjacency of each bucket so far.
     * @return as {@link #assign}, or null when no member was there before: then there is nothing to keep.
     */
    int @Nullable [] follow(int[] before, int[] members, int[] memberWeights, int memberCount) {
        begin(memberWeights, memberCount);
        boolean isKin = false;
        for (int b = 0; b < BUCKETS; b++) {
            int owner = indexOf(before[b], members);
            if (owner != NOBODY) {
                give(b, owner);
                isNew[owner] = false;
                isKin = true;
            }
        }
        return isKin ? even(members) : null;
    }

    private void begin(int[] memberWeights, int memberCount) {
        weights = memberWeights;
        count = memberCount;
        total = 0;
        for (int m = 0; m < count; m++) {
            total += weights[m];
            held[m] = 0;
            isNew[m] = true;
        }
        Arrays.fill(owners, NOBODY);
    }

    private int indexOf(int adjacency, int[] members) {
        for (int m = 0; m < count; m++) {
            if (members[m] == adjacency) {
                return m;
            }
        }
        return NOBODY;
    }

    private void give(int bucket, int member) {
        owners[bucket] = member;
        held[member]++;
    }

    private static long score(int bucket, long identity) {
        long mixed = identity + (bucket + 1) * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * MIX_1;
        mixed = (mixed ^ mixed >>> 27) * MIX_2;
        return mixed ^ mixed >>> 31;
    }

    private int winner(int bucket, long[] identities) {
        int best = 0;
        long bestScore = Long.MIN_VALUE;
        for (int m = 0; m < count; m++) {
            long score = score(bucket, identities[m]);
            if (score > bestScore) {
                bestScore = score;
                best = m;
            }
        }
        return best;
    }

    /** The smallest of exponentially distributed numbers whose rates are the weights: each wins in proportion to its own. */
    private int weightedWinner(int bucket, long[] identities) {
        int best = 0;
        double bestScore = Double.MAX_VALUE;
        for (int m = 0; m < count; m++) {
            double uniform = ((score(bucket, identities[m]) >>> 11) + 0.5) * ULP;
            double score = -Math.log(uniform) / weights[m];
            if (score < bestScore) {
                bestScore = score;
                best = m;
            }
        }
        return best;
    }

    /** Gives away the buckets nobody has, then moves as few as need be for everybody to have its share. */
    private int[] even(int[] members) {
        for (int b = 0; b < BUCKETS; b++) {
            if (owners[b] == NOBODY) {
                give(b, furthestBehind());
            }
        }
        int from = 0;
        for (int donor = furthestAhead(); donor != NOBODY; donor = furthestAhead()) {
            int receiver = receiver(donor);
            if (receiver == NOBODY) {
                break;
            }
            from = bucketOf(donor, from);
            held[donor]--;
            give(from, receiver);
        }
        for (int b = 0; b < BUCKETS; b++) {
            adjacencies[b] = members[owners[b]];
        }
        return adjacencies;
    }

    /** What a member has less than its share, in buckets times the sum of the weights; negative: more. */
    private int behind(int member) {
        return BUCKETS * weights[member] - held[member] * total;
    }

    private int furthestBehind() {
        int best = 0;
        for (int m = 1; m < count; m++) {
            if (behind(m) > behind(best)) {
                best = m;
            }
        }
        return best;
    }

    /** Among those that have a bucket to spare. */
    private int furthestAhead() {
        int best = NOBODY;
        for (int m = 0; m < count; m++) {
            if (held[m] > 1 && (best == NOBODY || behind(m) < behind(best))) {
                best = m;
            }
        }
        return best;
    }

    /**
     * Who gets a bucket of the one who has most beyond its share: a member without one, or one below its share rounded down, or, if
     * the donor is beyond its own rounded up, a new member, or, if by two, any. Nobody: all is well.
     */
    private int receiver(int donor) {
        int newest = NOBODY;
        int poorest = 0;
        for (int m = 0; m < count; m++) {
            if (held[m] == 0) {
                return m;
            }
            poorest = behind(m) > behind(poorest) ? m : poorest;
            newest = isNew[m] && (newest == NOBODY || behind(m) > behind(newest)) ? m : newest;
        }
        boolean isShort = behind(poorest) >= total && behind(donor) < 0;
        if (isShort || behind(donor) <= -2 * total) {
            return poorest;
        }
        return newest != NOBODY && behind(newest) > 0 && behind(donor) <= -total ? newest : NOBODY;
    }

    /** The next bucket of a member, from one on. */
    private int bucketOf(int member, int from) {
        int bucket = from;
        while (owners[bucket] != member) {
            bucket = (bucket + 1) % BUCKETS;
        }
        return bucket;
    }
}
