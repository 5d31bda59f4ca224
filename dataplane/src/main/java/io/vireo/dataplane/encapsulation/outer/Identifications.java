package io.vireo.dataplane.encapsulation.outer;

import io.vireo.dataplane.tables.Region;
import io.vireo.dpdk.Memory;
import java.util.SplittableRandom;
import org.agrona.UnsafeApi;

/**
 * The identifications of packets that may be fragmented: distinct for as long as there are numbers, between any two addresses, whichever
 * tunnels and workers send them (RFC 6864 §4.2, RFC 8200 §4.5). A counter each for some pairs of addresses; pairs that share one skip
 * numbers, as in Linux. Where a counter begins nobody can guess (RFC 7739). Any worker may take from any.
 */
public final class Identifications {
    private static final int COUNTERS = 1024;
    private static final int LINE_SHIFT = 6;

    /** 2^64 divided by the golden ratio (Knuth, TAOCP 3, section 6.4). */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final long lines;

    public Identifications() {
        lines = new Region((long) COUNTERS << LINE_SHIFT).address();
        SplittableRandom random = new SplittableRandom();
        for (int n = 0; n < COUNTERS; n++) {
            Memory.putInt(lines + ((long) n << LINE_SHIFT), random.nextInt());
        }
    }

    /** Which counter is that of two addresses. */
    public static int counterOf(long localHigh, long localLow, long remoteHigh, long remoteLow) {
        long hash = ((localHigh * GOLDEN + localLow) * GOLDEN + remoteHigh) * GOLDEN + remoteLow;
        return (int) ((hash * GOLDEN) >>> Integer.SIZE) & (COUNTERS - 1);
    }

    /**
     * Takes the next number of a counter.
     *
     * @param isLive whether it is used up: a packet that is only traced leaves it for another.
     */
    public int take(int counter, boolean isLive) {
        long line = lines + ((long) counter << LINE_SHIFT);
        return isLive ? UnsafeApi.getAndAddInt(null, line, 1) : Memory.getInt(line);
    }
}
