package io.vireo.bench.linerate.traffic;

import java.util.Arrays;

/**
 * For each flow, the next number and which of the 64 before it have arrived: as the anti-replay window of RFC 4303 §3.4.3.
 * One thread; allocates nothing but at construction.
 */
final class FlowWindows {
    private static final int WINDOW = Long.SIZE;

    private final long[] next;
    private final long[] seen;

    FlowWindows(int flows) {
        next = new long[flows];
        seen = new long[flows];
        Arrays.fill(seen, -1); // there is nothing before the first
    }

    /** Notes a frame. {@code flow} must be one, {@code place} not negative. */
    Arrival accept(int flow, long place) {
        long ahead = place - next[flow];
        if (ahead == 0) {
            next[flow] = place + 1;
            seen[flow] = seen[flow] << 1 | 1;
            return Arrival.IN_ORDER;
        }
        return ahead > 0 ? skip(flow, place, ahead) : lookBack(flow, -ahead);
    }

    /** The number after the newest of a flow. */
    long next(int flow) {
        return next[flow];
    }

    private Arrival skip(int flow, long place, long ahead) {
        seen[flow] = ahead >= WINDOW - 1 ? 1 : seen[flow] << (ahead + 1) | 1;
        next[flow] = place + 1;
        return Arrival.AFTER_GAP;
    }

    /** @param behind 1 is the newest */
    private Arrival lookBack(int flow, long behind) {
        if (behind > WINDOW) {
            return Arrival.STALE;
        }
        long bit = 1L << (behind - 1);
        if ((seen[flow] & bit) != 0) {
            return Arrival.DUPLICATE;
        }
        seen[flow] |= bit;
        return Arrival.REORDERED;
    }
}
